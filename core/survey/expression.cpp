// SPDX-License-Identifier: Apache-2.0
#include "core/survey/expression.h"

#include "core/survey/expression_operators.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using script::Array;
using script::as;
using script::Undefined;
using script::Value;

Value look_up(const Reference& reference, const Answers& answers) {
  auto answer = answers.find(reference.name);
  if (answer == answers.end()) {
    if (reference.part == Reference::Part::length) return {0.0};
    return reference.is_list && reference.part == Reference::Part::whole ? Value{Array{}}
                                                                         : Value{Undefined{}};
  }
  Value value = script::from_json(answer->second);
  const auto* list = as<Array>(value);
  switch (reference.part) {
    case Reference::Part::whole: break;
    case Reference::Part::length: {
      const auto* text = as<std::string>(value);
      std::size_t length = list ? list->size() : text ? utf16_length(*text) : 0;
      return {static_cast<double>(length)};
    }
    case Reference::Part::item:
      // SurveyJS ignores the index where the answer is not a list.
      if (list) value = reference.index < list->size() ? Value((*list)[reference.index]) : Value{Undefined{}};
      break;
  }
  return converted_answer(std::move(value));
}

// One step of the program on the stack of values.
struct Step {
  const Answers& answers;
  Array& stack;

  Value pop() {
    Value top = std::move(stack.back());
    stack.pop_back();
    return top;
  }
  Array pop_many(std::size_t count) {
    auto first = stack.end() - static_cast<std::ptrdiff_t>(count);
    Array values(std::make_move_iterator(first), std::make_move_iterator(stack.end()));
    stack.erase(first, stack.end());
    return values;
  }
  void operator()(const Constant& constant) { stack.push_back(constant.value); }
  void operator()(const Reference& reference) { stack.push_back(look_up(reference, answers)); }
  void operator()(UnaryOperator op) { stack.push_back(operate(op, pop())); }
  void operator()(BinaryOperator op) {
    Value right = pop();
    Value left = pop();
    stack.push_back(operate(op, left, right));
  }
  void operator()(MakeArray array) { stack.push_back({pop_many(array.size)}); }
  void operator()(Call call) { stack.push_back(operate(call.function, pop_many(call.arguments))); }
};

}  // namespace

Value Expression::run(const Answers& answers) const {
  Array stack;
  for (const auto& instruction : program_) std::visit(Step{answers, stack}, instruction);
  return std::move(stack.back());
}

base::Json Expression::evaluate(const Answers& answers) const { return script::to_json(run(answers)); }

bool Expression::holds(const Answers& answers) const {
  Value result = run(answers);
  const auto* truth = as<bool>(result);
  return truth && *truth;
}

std::vector<Reference> Expression::references() const {
  std::vector<Reference> found;
  for (const auto& instruction : program_)
    if (const auto* reference = std::get_if<Reference>(&instruction)) found.push_back(*reference);
  return found;
}

void Expression::declare_lists(const std::function<bool(std::string_view name)>& is_list) {
  for (auto& instruction : program_)
    if (auto* reference = std::get_if<Reference>(&instruction)) reference->is_list = is_list(reference->name);
}

}  // namespace halte::survey
