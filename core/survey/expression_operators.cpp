// SPDX-License-Identifier: Apache-2.0
#include "core/survey/expression_operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "core/survey/text.h"

namespace halte::survey {
namespace {

using script::Array;
using script::as;
using script::is_empty;
using script::is_nullish;
using script::lenient_number;
using script::Null;
using script::to_boolean;
using script::to_number;
using script::to_text;
using script::Undefined;
using script::Value;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_numeric(const Value& value) { return !std::isnan(lenient_number(value)); }

// How many decimals a number is written with.
std::size_t decimals(const Value& value) {
  if (!is_numeric(value)) return 0;
  std::string text = to_text(value);
  auto point = text.find('.');
  return point == std::string::npos ? 0 : text.size() - point - 1;
}

// Sums and products keep no more decimals than their operands have: 0.1 + 0.2 is 0.3.
double rounded_to(double number, std::size_t places) {
  constexpr double kTooLargeForDecimals = 1e21;
  if (places == 0 || !std::isfinite(number) || std::abs(number) >= kTooLargeForDecimals) return number;
  std::string text = fmt::format("{:.{}f}", number, places);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Rounds a result to the decimals of its operands; a text cannot be rounded, survey-core throws there.
Value rounded_like(const Value& a, const Value& b, const Value& result) {
  std::size_t places = std::max(decimals(a), decimals(b));
  if (places == 0) return result;
  const auto* number = as<double>(result);
  return {number ? rounded_to(*number, places) : kNaN};
}

// What an empty operand of an arithmetic or logical operator counts as, beside the other operand.
Value filled(const Value& value, const Value& other) {
  if (!is_empty(value)) return value;
  if (as<double>(other)) return {0.0};
  if (as<std::string>(value)) return value;
  if (as<std::string>(other)) return {std::string{}};
  if (as<Array>(other)) return {Array{}};
  return {0.0};
}

Value sum_of_list_and_number(const Array& array, double number) {
  Value total{0.0};
  for (const auto& item : array)
    if (as<double>(item)) total = rounded_like(total, item, script::plus(total, item));
  Value addend{number};
  return rounded_like(total, addend, script::plus(total, addend));
}

Value add(const Value& a, const Value& b) {
  const auto* left = as<Array>(a);
  const auto* right = as<Array>(b);
  if (is_numeric(a) && is_numeric(b)) {
    if (as<std::string>(a) || as<std::string>(b)) return script::plus(a, b);
    return rounded_like(a, b, script::plus(a, b));
  }
  if (left && right) {
    Array both = *left;
    both.insert(both.end(), right->begin(), right->end());
    return {std::move(both)};
  }
  if (left || right) {
    const Value& other = left ? b : a;
    if (const auto* text = as<std::string>(other)) {
      return {left ? script::join(*left, ", ") + *text : *text + script::join(*right, ", ")};
    }
    if (const auto* number = as<double>(other)) return sum_of_list_and_number(left ? *left : *right, *number);
  }
  return script::plus(a, b);
}

Value multiply(const Value& a, const Value& b) {
  return {rounded_to(to_number(a) * to_number(b), decimals(a) + decimals(b))};
}

double power(double base, double exponent) {
  // The script's ** differs from IEEE 754's pow here.
  if (std::isnan(exponent) || (std::abs(base) == 1 && std::isinf(exponent))) return kNaN;
  return std::pow(base, exponent);
}

bool equal(const Value& a, const Value& b) {
  auto read = [](const Value& value) {
    const auto* text = as<std::string>(value);
    return text && *text == "undefined" ? Value{Undefined{}} : value;
  };
  return script::equal_answers(read(a), read(b));
}

bool less(const Value& a, const Value& b) {
  return !is_nullish(a) && !is_nullish(b) && script::less_than(a, b);
}

bool contains_text(const Value& left, const Value& right, bool wanted) {
  if (!to_boolean(right)) return false;
  bool found = lower_case(to_text(left)).find(lower_case(to_text(right))) != std::string::npos;
  return found == wanted;
}

bool contains_core(const Value& left, const Value& right, bool wanted) {
  const auto* list = as<Array>(left);
  if (list && list->empty()) return !wanted;
  if (!to_boolean(left) && !as<bool>(left) && !(as<double>(left) && *as<double>(left) == 0)) return false;
  if (!list) return contains_text(left, right, wanted);
  auto holds = [&](const Value& item) {
    return std::ranges::any_of(*list, [&](const Value& member) { return equal(member, item); });
  };
  const auto* items = as<Array>(right);
  bool all = items ? std::ranges::all_of(*items, holds) : holds(right);
  return all == wanted;
}

bool contains(const Value& left, const Value& right) { return contains_core(left, right, true); }

bool not_contains(const Value& left, const Value& right) {
  if (!to_boolean(left) && !is_empty(right)) return true;
  return contains_core(left, right, false);
}

bool any_of(const Value& left, const Value& right) {
  if (is_empty(left)) return is_empty(right);
  if (is_empty(right)) return true;
  if (!as<Array>(left)) return contains(right, left);
  const auto* items = as<Array>(right);
  if (!items) return contains(left, right);
  return std::ranges::any_of(*items, [&](const Value& item) { return contains(left, item); });
}

bool all_of(const Value& left, const Value& right) {
  if (!to_boolean(left) && !is_empty(right)) return false;
  const auto* items = as<Array>(right);
  if (!items) return contains(left, right);
  return std::ranges::all_of(*items, [&](const Value& item) { return contains(left, item); });
}

Value arithmetic(BinaryOperator op, const Value& a, const Value& b) {
  Value left = filled(a, b);
  Value right = filled(b, left);
  switch (op) {
    case BinaryOperator::logical_or: return to_boolean(left) ? left : right;
    case BinaryOperator::logical_and: return to_boolean(left) ? right : left;
    case BinaryOperator::plus: return add(left, right);
    case BinaryOperator::minus: return rounded_like(left, right, {to_number(left) - to_number(right)});
    case BinaryOperator::multiply: return multiply(left, right);
    case BinaryOperator::power: return {power(to_number(left), to_number(right))};
    default: break;
  }
  if (!to_boolean(right)) return {Null{}};
  double divisor = to_number(right);
  return {op == BinaryOperator::divide ? to_number(left) / divisor : std::fmod(to_number(left), divisor)};
}

bool comparison(BinaryOperator op, const Value& left, const Value& right) {
  switch (op) {
    case BinaryOperator::less_or_equal: return equal(left, right) || less(left, right);
    case BinaryOperator::greater_or_equal: return equal(left, right) || less(right, left);
    case BinaryOperator::equal: return equal(left, right);
    case BinaryOperator::not_equal: return !equal(left, right);
    case BinaryOperator::less: return less(left, right);
    case BinaryOperator::greater: return less(right, left);
    case BinaryOperator::contains: return contains(left, right);
    case BinaryOperator::not_contains: return not_contains(left, right);
    case BinaryOperator::any_of: return any_of(left, right);
    case BinaryOperator::none_of: return !any_of(left, right);
    default: return all_of(left, right);
  }
}

bool is_arithmetic(BinaryOperator op) {
  return op <= BinaryOperator::logical_and || (op >= BinaryOperator::plus && op <= BinaryOperator::power);
}

// Arguments with lists laid flat, without empty ones, numbers read from text.
void flatten(const Value& value, Array& flat) {
  if (is_nullish(value)) return;
  if (const auto* array = as<Array>(value)) {
    for (const auto& item : *array) flatten(item, flat);
    return;
  }
  flat.push_back(is_numeric(value) ? Value{lenient_number(value)} : value);
}

Value sum(const Array& items) {
  Value total{0.0};
  for (const auto& item : items) total = rounded_like(total, item, script::plus(total, item));
  return total;
}

Value extreme(const Array& items, bool smallest) {
  if (items.empty()) return {Undefined{}};
  const Value* best = &items.front();
  for (const auto& item : items)
    if (smallest ? script::less_than(item, *best) : script::less_than(*best, item)) best = &item;
  return *best;
}

Value round(const Array& items) {
  if (items.empty() || !as<double>(items[0])) return {kNaN};
  Value places = items.size() > 1 && to_boolean(items[1]) ? items[1] : Value{0.0};
  if (!as<double>(places)) return {kNaN};
  double scale = power(10, to_number(places));
  double scaled = to_number(items[0]) * scale * (1 + std::numeric_limits<double>::epsilon());
  // Math.round: halves go up, also below zero.
  double down = std::floor(scaled);
  return {(scaled - down >= 0.5 ? down + 1 : down) / scale};
}

}  // namespace

Value operate(UnaryOperator op, const Value& operand) {
  switch (op) {
    case UnaryOperator::empty: return {is_empty(operand)};
    case UnaryOperator::not_empty: return {!is_empty(operand)};
    case UnaryOperator::negate: return {!to_boolean(operand)};
  }
  return {Undefined{}};
}

Value operate(BinaryOperator op, const Value& left, const Value& right) {
  return is_arithmetic(op) ? arithmetic(op, left, right) : Value{comparison(op, left, right)};
}

Value operate(Function function, const Array& arguments) {
  if (function == Function::iif) return to_boolean(arguments[0]) ? arguments[1] : arguments[2];
  Array items;
  for (const auto& argument : arguments) flatten(argument, items);
  auto count = static_cast<double>(items.size());
  switch (function) {
    case Function::sum: return sum(items);
    case Function::min: return extreme(items, true);
    case Function::max: return extreme(items, false);
    case Function::avg: return {items.empty() ? 0.0 : to_number(sum(items)) / count};
    case Function::count: return {count};
    case Function::round: return round(items);
    case Function::iif: break;
  }
  return {Undefined{}};
}

Value converted_answer(Value value) {
  const auto* text = as<std::string>(value);
  if (!text || text->empty()) return value;
  std::string lower = lower_case(*text);
  if (lower == "true" || lower == "false") return {lower == "true"};
  auto is_quote = [](char c) { return c == '\'' || c == '"'; };
  if (text->size() > 1 && is_quote(text->front()) && is_quote(text->back()))
    return {text->substr(1, text->size() - 2)};
  if (!is_numeric(value)) return value;
  // Leading zeros mark a code ("007"), not a number; "0.5" and hexadecimal "0x1F" are numbers.
  bool point_follows = text->size() > 1 && ((*text)[1] == '.' || (*text)[1] == ',');
  if (text->size() > 1 && text->front() == '0' && !text->starts_with("0x") && !point_follows) return value;
  return {lenient_number(value)};
}

}  // namespace halte::survey
