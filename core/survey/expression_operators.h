// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/survey/expression.h"

// The operators and functions of the expression language on values, as SurveyJS's OperandMaker and
// FunctionFactory define them. Where survey-core throws (a text added to a fraction), NaN comes out.
namespace halte::survey {

script::Value operate(UnaryOperator op, const script::Value& operand);
script::Value operate(BinaryOperator op, const script::Value& left, const script::Value& right);
script::Value operate(Function function, const script::Array& arguments);

// An answer as a variable hands it to an operator: "5" is the number 5, "true" is true, "'a'" is a.
script::Value converted_answer(script::Value value);

}  // namespace halte::survey
