// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "app/kiosk/shell/setup.h"
#include "app/manager/model/effect.h"
#include "app/manager/model/intent.h"
#include "app/manager/model/print_view.h"
#include "app/runtime/mailbox.h"
#include "app/runtime/worker.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/kiosk/kiosk_store.h"
#include "sync/client/enrolment.h"

namespace halte::kiosk::shell {

// Does what the staff's view asks for on the store thread, and posts what came of it to the UI thread.
class ManagerDesk {
 public:
  using Enrolled = std::function<void(const base::Status&)>;
  // Nothing: it is enrolled.
  using Heard = std::function<void(const base::Result<std::optional<client::Waiting>>&)>;
  struct Ports {
    store::kiosk::KioskStore& store;
    runtime::Mailbox& ui;
    const base::Clock& clock;
    base::Log log;
    std::function<void(runtime::Worker::Job)> post;  // to the store thread
    // All on the UI thread.
    std::function<void(const manager::model::Intent&)> to_model;
    std::function<std::shared_ptr<const Setup>()> setup;
    std::function<manager::model::Link()> link;
    std::function<std::optional<manager::model::PrintView>()> print;  // what the view would print
    std::function<void()> poke;                                       // there is something new to carry
    std::function<void(const site::Adjustments&)> adjust;             // at once
    std::function<void()> speak;
    // At another server, or anew; done is called on the UI thread.
    std::function<void(const std::string& server, const std::string& code, const Enrolled& done)> enrol;
    // Asks it once to become one of its kiosks, and likewise.
    std::function<void(const std::string& server, const Heard& done)> ask_approval;
    std::function<void()> end;  // the program
    std::function<void()> forget;
    std::string server;                   // where to enrol, as far as the machine's settings say
    std::string proxy;                    // of the machine's settings
    std::filesystem::path export_folder;  // empty: the first USB stick
    std::string software;
  };

  explicit ManagerDesk(Ports ports) : p_(std::move(ports)) {}

  // UI thread.
  void perform(const manager::model::Effect& effect);

 private:
  // Runs `work` on the store thread and hands its intent, or that the store failed, to the model.
  template <class Work>
  void answer(Work work, bool pokes = false);
  void load();
  void arrive();
  void check(const std::string& digits);
  void save_pin(const std::string& digits);
  void adjust(const site::Adjustments& adjustments);
  void enrol(const std::string& server, const std::string& code);
  void ask_approval(const std::string& server);
  void read_certificates();
  void print();
  std::optional<std::filesystem::path> stick() const;
  void erase(const std::string& code);
  void export_parked();

  Ports p_;
};

}  // namespace halte::kiosk::shell
