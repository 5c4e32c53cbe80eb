// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inside the model alone: update() in motion.

#include <utility>
#include <vector>

#include "app/manager/model/update.h"

namespace halte::manager::model {

// One call of update(): the state on its way and the effects so far.
class Turn {
 public:
  Turn(State state, base::Millis now) : s_(std::move(state)), now_(now) {}

  Step take() && { return {std::move(s_), std::move(effects_)}; }

  void operator()(const Open&);
  void operator()(const Touched&) { touch(); }
  void operator()(const PressDigit& intent);
  void operator()(const Enter&);
  void operator()(const Leave&);
  void operator()(const ShowPage& intent);
  void operator()(const ShowPeriod& intent);
  void operator()(const ShowAs& intent);
  void operator()(const TurnTable& intent);
  void operator()(const ChooseLanguage& intent);
  void operator()(const ChangePin&) { go_inside(ChoosingPin{}); }
  void operator()(const FillIn& intent);
  void operator()(const ChooseField& intent);
  void operator()(const Type& intent);
  void operator()(const Submit&);
  void operator()(const TakeCertificates&) { ask(ReadCertificates{}); }
  void operator()(const DropCertificates&) { take_certificates(""); }
  void operator()(const TurnKnob& intent);
  void operator()(const MeasureGlass&) { go_inside(Measuring{}); }
  void operator()(const Resize& intent);
  void operator()(const KeepSize& intent) { measured(intent.diagonal_in); }
  void operator()(const ForgetSize&) { measured(std::nullopt); }
  void operator()(const TestTouch&) { go_inside(TestingTouch{}); }
  void operator()(const TouchFields& intent);
  void operator()(const PrintDay&) { do_inside(SavePrint{}); }
  void operator()(const Unpark&) { do_inside(UnparkAll{}); }
  void operator()(const Export&) { do_inside(ExportParked{}); }
  void operator()(const Restart&) { do_inside(EndProgram{}); }
  void operator()(const Tick&);
  void operator()(const Arrived& intent);
  void operator()(const PinChecked& intent);
  void operator()(const PinSaved&);
  void operator()(const Loaded& intent);
  void operator()(const Unparked& intent);
  void operator()(const Exported& intent) { say({Said::What::exported, intent.file}); }
  void operator()(const Printed& intent) { say({Said::What::printed, intent.file}); }
  void operator()(const Answered& intent);
  void operator()(const CertificatesTaken& intent) { take_certificates(intent.pem); }
  void operator()(const Waits& intent);
  void operator()(const NotHeard& intent);
  void operator()(const Approved&);
  void operator()(const Configured&) { take_configuration(); }
  void operator()(const Failed& intent);

 private:
  template <class T>
  T* on() {
    return std::get_if<T>(&s_.screen);
  }
  void touch();
  void go(Screen screen);
  void close();
  void go_inside(Screen screen);
  void do_inside(Effect effect);
  void look() { go(Looking{}), effects_.push_back(Load{}); }
  void say(Said said);
  std::string* digits();
  void choose(ChoosingPin& choosing);
  void adjust();
  bool is_waiting();
  void ask(Effect effect);
  void seek(bool is_new);
  void leave_form(const Filling& filling);
  void leave_seeking(Seeking& seeking);
  void heard(Seeking& seeking);
  void answer(Answer answer);
  void take_certificates(const std::string& pem);
  void measured(std::optional<double> diagonal_in);
  void take_configuration();
  void forget_way();

  State s_;
  base::Millis now_;
  std::vector<Effect> effects_;
};

}  // namespace halte::manager::model
