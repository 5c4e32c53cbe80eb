// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/survey/expression.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using script::Value;

struct OperatorName {
  std::string_view name;
  BinaryOperator op;
};

// Longest first, so that "<=" is not read as "<".
constexpr OperatorName kSymbols[] = {
    {"||", BinaryOperator::logical_or},
    {"&&", BinaryOperator::logical_and},
    {"<=", BinaryOperator::less_or_equal},
    {"=<", BinaryOperator::less_or_equal},
    {">=", BinaryOperator::greater_or_equal},
    {"=>", BinaryOperator::greater_or_equal},
    {"==", BinaryOperator::equal},
    {"!=", BinaryOperator::not_equal},
    {"<>", BinaryOperator::not_equal},
    {"*=", BinaryOperator::contains},
    {"=", BinaryOperator::equal},
    {"<", BinaryOperator::less},
    {">", BinaryOperator::greater},
    {"+", BinaryOperator::plus},
    {"-", BinaryOperator::minus},
    {"*", BinaryOperator::multiply},
    {"/", BinaryOperator::divide},
    {"%", BinaryOperator::modulo},
    {"^", BinaryOperator::power},
};
constexpr OperatorName kWords[] = {
    {"or", BinaryOperator::logical_or},
    {"and", BinaryOperator::logical_and},
    {"lessorequal", BinaryOperator::less_or_equal},
    {"greaterorequal", BinaryOperator::greater_or_equal},
    {"equal", BinaryOperator::equal},
    {"equals", BinaryOperator::equal},
    {"notequal", BinaryOperator::not_equal},
    {"notequals", BinaryOperator::not_equal},
    {"less", BinaryOperator::less},
    {"greater", BinaryOperator::greater},
    {"power", BinaryOperator::power},
    {"contains", BinaryOperator::contains},
    {"contain", BinaryOperator::contains},
    {"notcontains", BinaryOperator::not_contains},
    {"notcontain", BinaryOperator::not_contains},
    {"anyof", BinaryOperator::any_of},
    {"allof", BinaryOperator::all_of},
    {"noneof", BinaryOperator::none_of},
};

struct Signature {
  std::string_view name;
  Function function;
  std::size_t min_arguments;
  std::size_t max_arguments;
};
constexpr std::size_t kAnyNumber = 64;
constexpr Signature kFunctions[] = {
    {"iif", Function::iif, 3, 3},          {"sum", Function::sum, 1, kAnyNumber},
    {"min", Function::min, 1, kAnyNumber}, {"max", Function::max, 1, kAnyNumber},
    {"avg", Function::avg, 1, kAnyNumber}, {"count", Function::count, 1, kAnyNumber},
    {"round", Function::round, 1, 2},
};

// Higher binds tighter; all operators group to the left.
int precedence(BinaryOperator op) {
  if (op == BinaryOperator::logical_or) return 1;
  if (op == BinaryOperator::logical_and) return 2;
  if (op <= BinaryOperator::greater) return 3;
  if (op <= BinaryOperator::minus) return 4;
  if (op <= BinaryOperator::modulo) return 5;
  if (op == BinaryOperator::power) return 6;
  return 7;  // contains and its kin
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// SurveyJS replaces these spellings in the whole text, also inside quotes and names.
bool has_rewritten_spelling(std::string_view text) {
  constexpr std::array<std::string_view, 4> kSpellings{"=>", "=<", "<>", "equals"};
  return std::ranges::any_of(kSpellings,
                             [&](auto spelling) { return text.find(spelling) != std::string_view::npos; });
}

// Recursive descent by precedence. Each method consumes what it names and appends its instructions;
// it returns false after setting the error.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::expected<std::vector<Instruction>, ExpressionError> parse() {
    bool complete = binary(1);
    skip_blanks();
    if (complete && at_ < text_.size())
      complete = fail(at_, fmt::format("an operator is expected, not \"{}\"", next_word()));
    if (!complete) return std::unexpected(*error_);
    return std::move(program_);
  }

 private:
  bool fail(std::size_t position, std::string reason) {
    error_ = ExpressionError{position, std::move(reason)};
    return false;
  }

  bool fail_beyond_subset(std::size_t position, std::string reason) {
    error_ = ExpressionError{position, std::move(reason), true};
    return false;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  std::string_view word_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text_.size() && (is_letter(text_[end]) || (end > begin && is_digit(text_[end])))) ++end;
    return text_.substr(begin, end - begin);
  }
  std::string_view next_word() const {
    auto word = word_at(at_);
    return word.empty() ? text_.substr(at_, 1) : word;
  }

  // The operator at the next non-blank, without consuming it.
  struct Found {
    BinaryOperator op;
    std::size_t end;
  };
  std::optional<Found> peek_operator() {
    skip_blanks();
    auto rest = text_.substr(at_);
    for (const auto& symbol : kSymbols)
      if (rest.starts_with(symbol.name)) return Found{symbol.op, at_ + symbol.name.size()};
    auto word = word_at(at_);
    // "equals" is one of the spellings SurveyJS replaces, and it replaces it in small letters only.
    bool as_written = word.size() > 5 && lower_case(word).ends_with("equals");
    std::string name = as_written ? std::string(word) : lower_case(word);
    for (const auto& entry : kWords)
      if (entry.name == name) return Found{entry.op, at_ + word.size()};
    return std::nullopt;
  }

  bool binary(int lowest) {
    if (!factor()) return false;
    while (auto found = peek_operator()) {
      int level = precedence(found->op);
      if (level < lowest) return true;
      at_ = found->end;
      if (!binary(level + 1)) return false;
      program_.emplace_back(found->op);
    }
    return true;
  }

  bool factor() {
    skip_blanks();
    if (++depth_ > Expression::kMaxDepth) return fail_beyond_subset(at_, "nested too deeply");
    bool parsed = factor_within_depth();
    --depth_;
    return parsed;
  }

  bool factor_within_depth() {
    char c = peek();
    if (c == '(') return parenthesis();
    if (c == '[') return list();
    if (c == '!') return ++at_, negation();
    if (c == '{') return reference() && emptiness();
    if (c == '\'' || c == '"') return string() && emptiness();
    if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
      return number() && emptiness();
    if (is_letter(c)) return word();
    if (at_ >= text_.size()) return fail(at_, "the expression ends where a value is expected");
    return fail(at_, fmt::format("a value is expected, not \"{}\"", next_word()));
  }

  bool parenthesis() {
    std::size_t open = at_++;
    if (!binary(1)) return false;
    skip_blanks();
    if (peek() != ')') return fail(open, "this parenthesis is not closed");
    ++at_;
    return true;
  }

  bool negation() {
    if (!factor()) return false;
    program_.emplace_back(UnaryOperator::negate);
    return true;
  }

  // "empty" and "notempty" stand behind a name or a constant.
  bool emptiness() {
    std::size_t before = at_;
    skip_blanks();
    auto word = word_at(at_);
    std::string name = lower_case(word);
    if (name != "empty" && name != "notempty") return at_ = before, true;
    at_ += word.size();
    program_.emplace_back(name == "empty" ? UnaryOperator::empty : UnaryOperator::not_empty);
    return true;
  }

  // The items up to the closing bracket; the opening one is consumed.
  bool items(std::size_t open, char close, std::size_t& count) {
    skip_blanks();
    for (count = 0; peek() != close; ++count) {
      if (count > 0 && peek() != ',') return fail(open, fmt::format("the \"{}\" of this is missing", close));
      if (count > 0) ++at_;
      if (!binary(1)) return false;
      skip_blanks();
    }
    ++at_;
    return true;
  }

  bool list() {
    std::size_t open = at_++;
    std::size_t size = 0;
    if (!items(open, ']', size)) return false;
    program_.emplace_back(MakeArray{size});
    return true;
  }

  bool word() {
    std::size_t begin = at_;
    auto name = word_at(begin);
    at_ += name.size();
    if (peek() == '(') return call(begin, name);
    std::string lower = lower_case(name);
    if (lower == "negate") return negation();
    if (lower != "true" && lower != "false")
      return fail_beyond_subset(
          begin,
          fmt::format("\"{0}\" is not known: text stands in quotes ('{0}'), a question in braces", name));
    program_.emplace_back(Constant{Value{lower == "true"}});
    return emptiness();
  }

  bool call(std::size_t begin, std::string_view name) {
    const auto* signature = std::ranges::find(kFunctions, name, &Signature::name);
    if (signature == std::end(kFunctions))
      return fail_beyond_subset(begin, fmt::format("the function \"{}\" is not supported", name));
    std::size_t open = at_++;
    std::size_t count = 0;
    if (!items(open, ')', count)) return false;
    if (count < signature->min_arguments || count > signature->max_arguments)
      return fail(begin, fmt::format("{} takes another number of arguments than {}", name, count));
    program_.emplace_back(Call{signature->function, count});
    return true;
  }

  bool reference() {
    std::size_t open = at_;
    auto close = text_.find_first_of("{}", open + 1);
    if (close == std::string_view::npos || text_[close] == '{') return fail(open, "this brace is not closed");
    auto inside = text_.substr(open + 1, close - open - 1);
    at_ = close + 1;
    std::size_t end = 0;
    while (end < inside.size() &&
           (is_letter(inside[end]) || (end > 0 && (is_digit(inside[end]) || inside[end] == '-'))))
      ++end;
    Reference reference{.name = std::string(inside.substr(0, end)), .position = open};
    auto rest = inside.substr(end);
    bool known = !reference.name.empty() && !has_rewritten_spelling(inside);
    if (rest == ".length") {
      reference.part = Reference::Part::length;
    } else if (rest.size() > 2 && rest.front() == '[' && rest.back() == ']') {
      reference.part = Reference::Part::item;
      const char* last = rest.data() + rest.size() - 1;
      auto [parsed, error] = std::from_chars(rest.data() + 1, last, reference.index);
      known = known && error == std::errc() && parsed == last && rest.size() <= 5;
    } else {
      known = known && rest.empty();
    }
    if (!known)
      return fail_beyond_subset(
          open,
          fmt::format("{{{}}} is not supported: write {{name}}, {{name.length}} or {{name[0]}}", inside));
    program_.emplace_back(std::move(reference));
    return true;
  }

  bool string() {
    std::size_t open = at_;
    char quote = text_[at_++];
    std::string content;
    while (at_ < text_.size() && text_[at_] != '\'' && text_[at_] != '"') {
      bool escaped =
          text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '\'' || text_[at_ + 1] == '"');
      if (escaped) ++at_;
      content += text_[at_++];
    }
    if (at_ >= text_.size()) return fail(open, "this quote is not closed");
    if (peek() != quote) return fail(at_, "a quote inside text needs a backslash before it");
    ++at_;
    if (has_rewritten_spelling(content))
      return fail_beyond_subset(
          open, "text cannot hold \"=>\", \"=<\", \"<>\" or \"equals\": SurveyJS rewrites them");
    program_.emplace_back(Constant{Value{std::move(content)}});
    return true;
  }

  bool number() {
    constexpr std::size_t kMaxDigits = 15;
    std::size_t begin = at_;
    if (peek() == '-') ++at_;
    std::size_t digits = at_;
    while (is_digit(peek())) ++at_;
    bool leading_zero = text_[digits] == '0' && at_ - digits > 1;
    if (peek() == '.') {
      ++at_;
      std::size_t fraction = at_;
      while (is_digit(peek())) ++at_;
      leading_zero = leading_zero || at_ == fraction;
    }
    if (leading_zero || at_ - digits > kMaxDigits || is_letter(peek()) || peek() == '.')
      return fail_beyond_subset(begin, "not a number: write it as 12 or -1.5, with at most 15 digits");
    double value = 0;
    std::from_chars(text_.data() + begin, text_.data() + at_, value);
    program_.emplace_back(Constant{Value{value}});
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<Instruction> program_;
  std::optional<ExpressionError> error_;
};

}  // namespace

std::expected<Expression, ExpressionError> Expression::parse(std::string_view text) {
  if (text.size() > kMaxLength)
    return std::unexpected(
        ExpressionError{kMaxLength, fmt::format("longer than {} bytes", kMaxLength), true});
  auto program = Parser(text).parse();
  if (!program) return std::unexpected(std::move(program.error()));
  return Expression(std::move(*program));
}

}  // namespace halte::survey
