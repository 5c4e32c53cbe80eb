// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/survey/answers.h"
#include "core/survey/script_value.h"

// The expression language of SurveyJS ("{nps} <= 6 and {reasons} contains 'queue'"): README.md
// lists its operators and functions. An expression is compiled once to a stack program, so that
// evaluating recurses nowhere, whatever the input was.
namespace halte::survey {

struct ExpressionError {
  std::size_t position;  // byte offset into the text
  std::string reason;
  bool beyond_subset = false;  // SurveyJS may well read it; false: nobody can
};

enum class UnaryOperator : std::uint8_t { empty, not_empty, negate };
enum class BinaryOperator : std::uint8_t {
  logical_or,
  logical_and,
  less_or_equal,
  greater_or_equal,
  equal,
  not_equal,
  less,
  greater,
  plus,
  minus,
  multiply,
  divide,
  modulo,
  power,
  contains,
  not_contains,
  any_of,
  all_of,
  none_of,
};
enum class Function : std::uint8_t { iif, sum, min, max, avg, count, round };

// {name}, {name.length} or {name[2]}
struct Reference {
  enum class Part : std::uint8_t { whole, length, item };
  std::string name;
  Part part = Part::whole;
  std::size_t index = 0;     // of the item
  std::size_t position = 0;  // of the brace, byte offset into the text
  bool is_list = false;      // a checkbox: without an answer it is an empty list
};
struct Constant {
  script::Value value;
};
struct MakeArray {
  std::size_t size;
};
struct Call {
  Function function;
  std::size_t arguments;
};
using Instruction = std::variant<Constant, Reference, UnaryOperator, BinaryOperator, MakeArray, Call>;

class Expression {
 public:
  static constexpr std::size_t kMaxLength = 4096;  // bytes
  static constexpr int kMaxDepth = 64;             // nested parentheses, lists, calls and negations

  static std::expected<Expression, ExpressionError> parse(std::string_view text);

  // A name without an answer counts as undefined. What JSON cannot hold comes back as null.
  base::Json evaluate(const Answers& answers) const;

  // Is the result the boolean true? 1, "yes" and lists are not, as SurveyJS decides visibility.
  bool holds(const Answers& answers) const;

  std::vector<Reference> references() const;

  // Tells which names are checkboxes, whose missing answer is [] instead of undefined.
  void declare_lists(const std::function<bool(std::string_view name)>& is_list);

 private:
  explicit Expression(std::vector<Instruction> program) : program_(std::move(program)) {}
  script::Value run(const Answers& answers) const;

  std::vector<Instruction> program_;
};

}  // namespace halte::survey
