// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.h"

// Values as the expression language of SurveyJS knows them: those of ECMAScript, because its
// operators lean on the script's own conversions. Pure functions; nothing here fails or throws.
namespace halte::survey::script {

struct Undefined {
  friend bool operator==(Undefined, Undefined) = default;
};
struct Null {
  friend bool operator==(Null, Null) = default;
};
struct Value;
using Array = std::vector<Value>;
using Object = std::map<std::string, Value>;

struct Value {
  std::variant<Undefined, Null, bool, double, std::string, Array, Object> data;
};

template <class T>
const T* as(const Value& value) {
  return std::get_if<T>(&value.data);
}
inline bool is_nullish(const Value& value) { return as<Undefined>(value) || as<Null>(value); }

Value from_json(const base::Json& json);
// Whole numbers become JSON integers; what JSON cannot hold (undefined, NaN, infinity) becomes null.
base::Json to_json(const Value& value);

// The conversions of ECMAScript 2023, section 7.1.
bool to_boolean(const Value& value);
double to_number(const Value& value);
std::string to_text(const Value& value);
// Array.prototype.join.
std::string join(const Array& array, std::string_view separator);

// The operators ==, < and + of ECMAScript.
bool loosely_equal(const Value& a, const Value& b);
bool less_than(const Value& a, const Value& b);
Value plus(const Value& a, const Value& b);

// SurveyJS's notion of "no answer": undefined, null, NaN, "", [], and an object of such values.
bool is_empty(const Value& value);
// SurveyJS's lenient reading of a number ("1,5" and " 12 " are numbers, 16 digits are not); NaN if none.
double lenient_number(const Value& value);
// SurveyJS's equality of two answers. Strings: without regard to case and surrounding blanks, unless
// exact_text. Arrays: in any order if ignore_order.
struct EqualOptions {
  bool ignore_order = true;
  bool exact_text = false;
};
bool equal_answers(const Value& a, const Value& b, EqualOptions options = {});

}  // namespace halte::survey::script
