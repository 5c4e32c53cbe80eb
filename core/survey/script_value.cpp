// SPDX-License-Identifier: Apache-2.0
#include "core/survey/script_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/survey/text.h"

namespace halte::survey::script {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Number::toString (ECMAScript 6.1.6.1.20): the shortest digits that read back as the same number.
std::string number_to_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (number == 0) return "0";
  char buffer[32];
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific).ptr;
  std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));
  auto e = shortest.find('e');
  std::string digits(shortest.substr(0, e));
  std::erase(digits, '.');
  int exponent = 0;
  auto exponent_text = shortest.substr(e + (shortest[e + 1] == '+' ? 2 : 1));
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  int point = exponent + 1;  // where the decimal point stands among the digits
  int count = static_cast<int>(digits.size());
  std::string text;
  if (count <= point && point <= 21) {
    text = digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    text = digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
  } else if (-6 < point && point <= 0) {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else {
    text = digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + (exponent < 0 ? "e-" : "e+") +
           std::to_string(std::abs(exponent));
  }
  return (number < 0 ? "-" : "") + text;
}

bool has_radix_prefix(std::string_view text, char letter) {
  return text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == letter;
}

double integer_in_radix(std::string_view digits, int radix) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, radix);
  return error == std::errc() && end == digits.data() + digits.size() ? static_cast<double>(number) : kNaN;
}

// StringToNumber (ECMAScript 7.1.4.1.1).
double text_to_number(std::string_view raw) {
  std::string_view text = trim(raw);
  if (text.empty()) return 0;
  if (has_radix_prefix(text, 'x')) return integer_in_radix(text.substr(2), 16);
  if (has_radix_prefix(text, 'o')) return integer_in_radix(text.substr(2), 8);
  if (has_radix_prefix(text, 'b')) return integer_in_radix(text.substr(2), 2);
  double sign = text[0] == '-' ? -1 : 1;
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  if (text == "Infinity") return sign * kInfinity;
  // from_chars also reads "inf", "nan" and a second sign, which the script does not.
  if (text.empty() || !(text[0] == '.' || (text[0] >= '0' && text[0] <= '9'))) return kNaN;
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size()) return kNaN;
  if (error == std::errc::result_out_of_range)
    number = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos
                 ? 0
                 : kInfinity;
  return sign * number;
}

std::string text_or_nothing(const Value& value) { return is_nullish(value) ? "" : to_text(value); }

struct ToText {
  std::string operator()(Undefined) const { return "undefined"; }
  std::string operator()(Null) const { return "null"; }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(double number) const { return number_to_text(number); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Array& array) const { return join(array, ","); }
  std::string operator()(const Object&) const { return "[object Object]"; }
};

struct ToNumber {
  double operator()(Undefined) const { return kNaN; }
  double operator()(Null) const { return 0; }
  double operator()(bool truth) const { return truth ? 1 : 0; }
  double operator()(double number) const { return number; }
  double operator()(const std::string& text) const { return text_to_number(text); }
  double operator()(const Array& array) const { return text_to_number(join(array, ",")); }
  double operator()(const Object&) const { return kNaN; }
};

bool is_container(const Value& value) { return as<Array>(value) || as<Object>(value); }

// ToPrimitive: arrays and objects have only their text.
Value primitive(const Value& value) { return is_container(value) ? Value{to_text(value)} : value; }

Array sorted_as_text(Array array) {
  // Array.prototype.sort without a comparator: by text, undefined last.
  std::ranges::sort(array, [](const Value& a, const Value& b) {
    if (as<Undefined>(a) || as<Undefined>(b)) return !as<Undefined>(a) && as<Undefined>(b) != nullptr;
    return compare_utf16(to_text(a), to_text(b)) < 0;
  });
  return array;
}

bool equal_arrays(const Array& a, const Array& b, EqualOptions options) {
  if (a.size() != b.size()) return false;
  if (options.ignore_order) {
    Array left = sorted_as_text(a);
    Array right = sorted_as_text(b);
    return std::ranges::equal(left, right, [&](auto& x, auto& y) { return equal_answers(x, y, options); });
  }
  return std::ranges::equal(a, b, [&](auto& x, auto& y) { return equal_answers(x, y, options); });
}

bool equal_objects(const Object& a, const Object& b, EqualOptions options) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& entry) {
           auto other = b.find(entry.first);
           return other != b.end() && equal_answers(entry.second, other->second, options);
         });
}

bool equal_texts(std::string_view a, std::string_view b, EqualOptions options) {
  if (options.exact_text) return a == b;
  return lower_case(trim(a)) == lower_case(trim(b));
}

bool is_empty_array(const Value& value) { return as<Array>(value) && as<Array>(value)->empty(); }
bool is_empty_text(const Value& value) { return as<std::string>(value) && as<std::string>(value)->empty(); }

}  // namespace

Value from_json(const base::Json& json) {
  switch (json.type()) {
    case base::Json::value_t::boolean: return {json.get<bool>()};
    case base::Json::value_t::number_integer:
    case base::Json::value_t::number_unsigned:
    case base::Json::value_t::number_float: return {json.get<double>()};
    case base::Json::value_t::string: return {json.get_ref<const std::string&>()};
    case base::Json::value_t::array: {
      Array array;
      for (const auto& item : json) array.push_back(from_json(item));
      return {std::move(array)};
    }
    case base::Json::value_t::object: {
      Object object;
      for (const auto& [key, item] : json.items()) object.emplace(key, from_json(item));
      return {std::move(object)};
    }
    default: return {Null{}};
  }
}

base::Json to_json(const Value& value) {
  if (const auto* truth = as<bool>(value)) return *truth;
  if (const auto* text = as<std::string>(value)) return *text;
  if (const auto* number = as<double>(value)) {
    constexpr double kSafe = 9007199254740991;
    if (!std::isfinite(*number)) return nullptr;
    if (*number == std::trunc(*number) && std::abs(*number) <= kSafe)
      return static_cast<std::int64_t>(*number);
    return *number;
  }
  if (const auto* array = as<Array>(value)) {
    base::Json json = base::Json::array();
    for (const auto& item : *array) json.push_back(to_json(item));
    return json;
  }
  if (const auto* object = as<Object>(value)) {
    base::Json json = base::Json::object();
    for (const auto& [key, item] : *object) json[key] = to_json(item);
    return json;
  }
  return nullptr;
}

bool to_boolean(const Value& value) {
  if (const auto* truth = as<bool>(value)) return *truth;
  if (const auto* number = as<double>(value)) return *number != 0 && !std::isnan(*number);
  if (const auto* text = as<std::string>(value)) return !text->empty();
  return is_container(value);
}

double to_number(const Value& value) { return std::visit(ToNumber{}, value.data); }

std::string to_text(const Value& value) { return std::visit(ToText{}, value.data); }

std::string join(const Array& array, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) text += separator;
    text += text_or_nothing(array[i]);
  }
  return text;
}

bool loosely_equal(const Value& a, const Value& b) {
  if (is_nullish(a) || is_nullish(b)) return is_nullish(a) && is_nullish(b);
  Value left = primitive(a);
  Value right = primitive(b);
  const auto* left_text = as<std::string>(left);
  const auto* right_text = as<std::string>(right);
  if (left_text && right_text) return *left_text == *right_text;
  return to_number(left) == to_number(right);
}

bool less_than(const Value& a, const Value& b) {
  Value left = primitive(a);
  Value right = primitive(b);
  const auto* left_text = as<std::string>(left);
  const auto* right_text = as<std::string>(right);
  if (left_text && right_text) return compare_utf16(*left_text, *right_text) < 0;
  return to_number(left) < to_number(right);
}

Value plus(const Value& a, const Value& b) {
  Value left = primitive(a);
  Value right = primitive(b);
  if (as<std::string>(left) || as<std::string>(right)) return {to_text(left) + to_text(right)};
  return {to_number(left) + to_number(right)};
}

bool is_empty(const Value& value) {
  if (is_nullish(value) || is_empty_array(value) || is_empty_text(value)) return true;
  if (const auto* number = as<double>(value)) return std::isnan(*number);
  const auto* object = as<Object>(value);
  return object && std::ranges::all_of(*object, [](const auto& entry) { return is_empty(entry.second); });
}

double lenient_number(const Value& value) {
  if (const auto* number = as<double>(value)) return std::isfinite(*number) ? *number : kNaN;
  const auto* string = as<std::string>(value);
  if (!string && !as<Array>(value)) return kNaN;
  std::string text(trim(string ? *string : to_text(value)));
  if (text.empty()) return kNaN;
  bool only_digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (string && text.size() > 15 && only_digits && !text.starts_with("0x")) return kNaN;
  if (string && std::ranges::count(text, ',') == 1) text[text.find(',')] = '.';
  double number = text_to_number(text);
  if (!std::isfinite(number)) return kNaN;
  // parseFloat stops at the letter of a radix; only "0x" of a string is read as what it is.
  if (has_radix_prefix(text, 'x') && string && text[1] == 'x') return text.size() > 32 ? kNaN : number;
  bool radix = has_radix_prefix(text, 'x') || has_radix_prefix(text, 'o') || has_radix_prefix(text, 'b');
  return radix ? 0 : number;
}

bool equal_answers(const Value& a, const Value& b, EqualOptions options) {
  if ((is_empty_array(a) && as<Undefined>(b)) || (is_empty_array(b) && as<Undefined>(a))) return true;
  if ((is_nullish(a) && is_empty_text(b)) || (is_nullish(b) && is_empty_text(a))) return true;
  const auto* left_text = as<std::string>(a);
  const auto* right_text = as<std::string>(b);
  if (left_text && right_text) return equal_texts(*left_text, *right_text, options);
  if (is_empty(a) != is_empty(b)) return false;
  if (as<bool>(a) && right_text) return to_text(a) == lower_case(*right_text);
  if (as<bool>(b) && left_text) return to_text(b) == lower_case(*left_text);
  if (!is_container(a) && !is_container(b)) return loosely_equal(a, b);
  if (as<Array>(a) && as<Array>(b)) return equal_arrays(*as<Array>(a), *as<Array>(b), options);
  if (as<Object>(a) && as<Object>(b)) return equal_objects(*as<Object>(a), *as<Object>(b), options);
  // An array and an object share no key unless both have none.
  return is_container(a) && is_container(b) && is_empty(a) && is_empty(b) &&
         (is_empty_array(a) ? as<Object>(b)->empty() : as<Object>(a)->empty());
}

}  // namespace halte::survey::script
