// SPDX-License-Identifier: Apache-2.0
#include "core/survey/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/survey/definition_reader.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using base::Json;

struct Condition {
  std::string text;
  std::string pointer;
};

struct Candidate {
  ProjectedQuestion made;
  std::string name;                   // here
  std::string old_name;               // in the document's conditions
  std::vector<Condition> conditions;  // of the page, of the panels from the outside in, its own
  std::size_t of_page = 0;            // how many of them are the page's: 0 or 1
};

struct CandidatePage {
  Json page = Json::object();
  std::string pointer;
  std::optional<Condition> condition;
  std::vector<Candidate> questions;
};

// "1. Your visit?" becomes "Your_visit".
std::string clean_name(std::string_view name, std::string_view fallback) {
  std::string clean;
  for (char c : name) {
    bool fits = is_name(std::string("a") + c);
    if (clean.empty() ? is_name(std::string(1, c)) : fits)
      clean += c;
    else if (!clean.empty() && clean.back() != '_')
      clean += '_';
    if (clean.size() + 8 > Limits::name_bytes) break;  // leaves room for a number
  }
  while (clean.ends_with('_')) clean.pop_back();
  return clean.empty() ? std::string(fallback) : clean;
}

class Names {
 public:
  // The name itself where it can be used, else one that comes close.
  std::string take(const std::string& wished, std::string_view fallback) {
    bool usable = is_name(wished) && !is_reserved(lower_case(wished));
    std::string base = usable ? wished : clean_name(wished, fallback);
    std::string name = base;
    int& last = last_number_.try_emplace(lower_case(base), 1).first->second;
    while (is_reserved(lower_case(name)) || !taken_.insert(lower_case(name)).second)
      name = fmt::format("{}_{}", base.substr(0, Limits::name_bytes - 8), ++last);
    return name;
  }

 private:
  std::set<std::string> taken_;             // in small letters
  std::map<std::string, int> last_number_;  // that was tried behind a name
};

// (a) = true and (b): SurveyJS shows what is in a panel only where the panel's condition is exactly true.
std::string joined(const std::vector<std::string>& conditions) {
  if (conditions.size() == 1) return conditions.front();
  std::string text;
  for (std::size_t i = 0; i < conditions.size(); ++i)
    text +=
        fmt::format("{}({}){}", i ? " and " : "", conditions[i], i + 1 < conditions.size() ? " = true" : "");
  return text;
}

class DocumentProjector {
 public:
  explicit DocumentProjector(const Json& document) : document_(document) {}

  std::expected<Projection, std::vector<Problem>> project() {
    read_document();
    if (problems_.empty()) drop_unanswerable();
    // parse() is the judge of what can be asked; each round drops what it refuses and what hangs on that.
    constexpr int kRounds = 4;
    for (int round = 0; problems_.empty() && round < kRounds; ++round) {
      Json definition = build();
      if (!definition.contains("pages")) break;
      auto survey = parse(base::to_text(definition));
      if (survey) return finish(std::move(definition));
      for (const auto& problem : survey.error()) refuse(problem);
      drop(refused_);
      drop_unanswerable();
    }
    if (problems_.empty()) nothing_is_asked();
    return std::unexpected(std::move(problems_));
  }

 private:
  std::optional<std::string> string_of(const Json& object, const char* key) const {
    auto found = object.find(key);
    const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
    return text && !text->empty() ? std::optional(*text) : std::nullopt;
  }

  std::optional<Condition> condition_of(const Json& object, const std::string& pointer) const {
    auto text = string_of(object, "visibleIf");
    return text ? std::optional(Condition{*text, pointer + "/visibleIf"}) : std::nullopt;
  }

  // A condition decides where there is one, whatever `visible` says.
  bool is_hidden(const Json& object) const {
    auto visible = object.find("visible");
    return visible != object.end() && *visible == false && !string_of(object, "visibleIf");
  }

  void read_document() {
    if (auto locale = string_of(document_, "locale"); locale && is_locale(*locale)) {
      definition_["locale"] = projector_.locale = *locale;
    } else if (document_.contains("locale")) {
      projector_.kept("/locale", "is not a language like \"nl\" or \"pt-BR\": texts count as English");
    }
    projector_.copy_text(document_, "", definition_, "title");
    projector_.copy_text(document_, "", definition_, "description");
    std::string_view elements = spelling(document_, "elements");
    auto single = document_.find(elements);
    bool has_single = single != document_.end() && single->is_array() && !single->empty();
    projector_.keep_others(document_, "",
                           {"locale", "title", "description", has_single ? elements : "pages"});
    auto pages = document_.find("pages");
    if (has_single) {
      read_page(document_, "", elements, false);
    } else if (pages != document_.end() && pages->is_array()) {
      for (std::size_t i = 0; i < pages->size(); ++i) {
        const Json& page = (*pages)[i];
        if (page.is_object()) read_page(page, fmt::format("/pages/{}", i), spelling(page, "elements"), true);
        if (!problems_.empty()) return;
      }
    }
  }

  void read_page(const Json& source, const std::string& pointer, std::string_view elements, bool own_page) {
    CandidatePage page{.pointer = pointer};
    if (own_page) {
      if (is_hidden(source)) return projector_.kept(pointer, "is not asked: the page is not visible");
      projector_.copy_text(source, pointer, page.page, "title");
      projector_.copy_text(source, pointer, page.page, "description");
      projector_.keep_others(source, pointer,
                             {"name", "title", "description", "visible", "visibleIf", elements});
      page.condition = condition_of(source, pointer);
    }
    std::vector<Condition> outer;
    if (page.condition) outer.push_back(*page.condition);
    of_page_ = outer.size();
    pages_.push_back(std::move(page));
    read_elements(source, pointer, elements, outer);
    auto name = own_page ? string_of(source, "name") : std::nullopt;
    std::string fallback = fmt::format("page{}", pages_.size());
    std::string taken = page_names_.take(name.value_or(fallback), fallback);
    if (name && taken != *name)
      projector_.changed(pointer + "/name", fmt::format("is called {} here", taken));
    pages_.back().page["name"] = taken;
  }

  void read_elements(const Json& source, const std::string& pointer, std::string_view key,
                     const std::vector<Condition>& outer) {
    auto list = source.find(key);
    if (list == source.end() || !list->is_array()) return;
    for (std::size_t i = 0; i < list->size() && problems_.empty(); ++i) {
      const Json& element = (*list)[i];
      std::string at = fmt::format("{}/{}/{}", pointer, key, i);
      if (!element.is_object())
        projector_.kept(at, "is not asked: it is no question");
      else if (is_hidden(element))
        projector_.kept(at, "is not asked: it is not visible");
      else if (element.contains("type") && element["type"] == "panel")
        read_panel(element, at, outer);
      else
        read_question(element, at, outer);
    }
  }

  void read_panel(const Json& panel, const std::string& pointer, std::vector<Condition> outer) {
    if (panel.contains("readOnly") && panel["readOnly"] == true)
      return projector_.kept(pointer, "is not asked: the panel is read only");
    projector_.changed(pointer, panel.contains("title")
                                    ? "its questions are asked one by one, without the panel's title"
                                    : "its questions are asked one by one");
    std::string_view elements = spelling(panel, "elements");
    projector_.keep_others(panel, pointer, {"type", "name", "title", "visible", "visibleIf", elements});
    if (auto condition = condition_of(panel, pointer)) outer.push_back(std::move(*condition));
    read_elements(panel, pointer, elements, outer);
  }

  void read_question(const Json& source, const std::string& pointer, const std::vector<Condition>& outer) {
    const std::size_t remarks_before = projector_.remarks.size();
    auto refuse = [&](std::string reason) {
      projector_.remarks.resize(remarks_before);  // nobody needs to know what a refused one would look like
      projector_.kept(pointer, std::move(reason));
    };
    auto name = string_of(source, "name");
    auto old_name = string_of(source, "valueName");
    if (!old_name) old_name = name;
    if (!name) return refuse("is not asked: it has no name");
    auto made = project_question(projector_, source, pointer);
    if (!made) return refuse(made.error());
    if (const auto twin = old_names_.find(lower_case(*old_name)); twin != old_names_.end())
      return refuse("is not asked: its answer is that of " + twin->second);
    if (old_names_.size() >= Limits::questions)
      return problems_.push_back({"", fmt::format("holds more than {} questions", Limits::questions)});
    Candidate candidate{std::move(*made), question_names_.take(*old_name, "question"), *old_name, outer,
                        of_page_};
    old_names_.emplace(lower_case(*old_name), pointer);
    if (auto own = condition_of(source, pointer)) candidate.conditions.push_back(std::move(*own));
    std::size_t length = 0;
    for (const auto& condition : candidate.conditions) length += condition.text.size();
    if (length > Expression::kMaxLength)
      return refuse(
          fmt::format("is not asked: its conditions are longer than {} bytes", Expression::kMaxLength));
    for (const auto& condition : candidate.conditions) check_syntax(condition);
    auto& question = candidate.made.question;
    question["name"] = candidate.name;
    if (candidate.name != *name) {
      projector_.changed(pointer + "/name", fmt::format("is called {} here, and in answers", candidate.name));
      if (question["type"] != "html" && !question.contains("title")) question["title"] = *name;
    }
    pages_.back().questions.push_back(std::move(candidate));
  }

  void check_syntax(const Condition& condition) {
    auto expression = Expression::parse(condition.text);
    if (expression || expression.error().beyond_subset) return;
    Problem problem{condition.pointer, fmt::format("at character {}: {}", expression.error().position + 1,
                                                   expression.error().reason)};
    if (std::ranges::find(problems_, problem) == problems_.end()) problems_.push_back(std::move(problem));
  }

  NameMap names() const {
    NameMap names;
    for (const auto& page : pages_)
      for (const auto& question : page.questions)
        // {locale} in a condition is SurveyJS's own, also where a question has that name.
        if (question.made.question["type"] != "html" && !is_reserved(lower_case(question.old_name)))
          names.emplace(lower_case(question.old_name), question.name);
    return names;
  }

  // The candidates that stand at these pointers, and why they go.
  void drop(const std::map<std::string, std::string>& reasons) {
    for (auto& page : pages_)
      std::erase_if(page.questions, [&](const Candidate& question) {
        const auto reason = reasons.find(question.made.origin.pointer);
        if (reason == reasons.end()) return false;
        projector_.kept(reason->first, "is not asked: " + reason->second);
        return true;
      });
  }

  // A condition on what nobody is asked cannot be decided; what it hides may be what another one is on.
  void drop_unanswerable() {
    const NameMap known = names();
    std::map<std::string, std::vector<const Candidate*>> conditioned_on;
    std::map<const Candidate*, std::string> reasons;
    std::vector<const Candidate*> going;
    auto let_go = [&](const Candidate& question, const std::string& name) {
      auto reason = fmt::format("its condition is on {{{}}}, which the kiosk does not ask", name);
      if (reasons.emplace(&question, std::move(reason)).second) going.push_back(&question);
    };
    for (const auto& page : pages_)
      for (const auto& question : page.questions)
        for (const auto& condition : question.conditions) {
          const UsedNames used = used_names(condition.text, known);
          for (const auto& name : used.known) conditioned_on[name].push_back(&question);
          if (!used.unknown.empty()) let_go(question, used.unknown.front());
        }
    for (std::size_t i = 0; i < going.size(); ++i) {
      const Candidate& gone = *going[i];
      for (const auto* question : conditioned_on[gone.name]) let_go(*question, gone.old_name);
    }
    std::map<std::string, std::string> by_pointer;
    for (const auto& [question, reason] : reasons) by_pointer.emplace(question->made.origin.pointer, reason);
    drop(by_pointer);
  }

  // The pointer of a problem is one into the definition that build() made.
  void refuse(const Problem& problem) {
    std::size_t built = 0;
    for (const auto& page : pages_) {
      if (page.questions.empty()) continue;
      const std::string at = fmt::format("/pages/{}", built++);
      const bool whole_page = problem.pointer == at + "/visibleIf";
      for (std::size_t i = 0; i < page.questions.size(); ++i) {
        const std::string question_at = fmt::format("{}/elements/{}", at, i);
        const std::string& origin = page.questions[i].made.origin.pointer;
        if (whole_page)
          refused_.emplace(origin, "the page's condition: " + problem.reason);
        else if (problem.pointer == question_at)
          refused_.emplace(origin, "it " + problem.reason);
        else if (problem.pointer.starts_with(question_at + "/"))
          refused_.emplace(
              origin, fmt::format("{}: {}", problem.pointer.substr(question_at.size() + 1), problem.reason));
      }
    }
    if (problem.pointer == "/pages") problems_.push_back({"", "its pages " + problem.reason});
  }

  Json build() {
    const NameMap known = names();
    Json definition = definition_;
    for (auto& page : pages_) {
      if (page.questions.empty()) continue;
      Json made = page.page;
      if (page.condition) made["visibleIf"] = with_names(page.condition->text, known);
      for (auto& candidate : page.questions) made["elements"].push_back(built(candidate, known));
      definition["pages"].push_back(std::move(made));
    }
    return definition;
  }

  Json built(Candidate& candidate, const NameMap& known) {
    Json question = candidate.made.question;
    std::vector<std::string> texts;
    for (std::size_t i = candidate.of_page; i < candidate.conditions.size(); ++i)
      texts.push_back(with_names(candidate.conditions[i].text, known));
    if (texts.empty()) return question;
    question["visibleIf"] = joined(texts);
    bool has_own = candidate.conditions.back().pointer == candidate.made.origin.pointer + "/visibleIf";
    if (has_own && texts.size() > 1) {
      const std::string all = joined(texts);
      candidate.made.origin.outer_condition = all.substr(0, all.size() - texts.back().size() - 1);
    }
    return question;
  }

  Projection finish(Json definition) {
    Projection projection{std::move(definition), {}, {}, {}, {}};
    for (const auto& page : pages_) {
      if (page.questions.empty()) {
        if (page.pointer.starts_with("/pages/"))
          projector_.kept(page.pointer, "is not shown: it asks nothing at the kiosk");
        continue;
      }
      projection.pages[page.page["name"].get<std::string>()].pointer = page.pointer;
      for (const auto& candidate : page.questions)
        projection.questions[candidate.name] = candidate.made.origin;
    }
    projection.names = names();
    projection.remarks = std::move(projector_.remarks);
    return projection;
  }

  void nothing_is_asked() {
    problems_.push_back({"", "asks nothing that the kiosk can ask"});
    for (const auto& remark : projector_.remarks)
      if (remark.reason.starts_with("is not asked")) problems_.push_back({remark.pointer, remark.reason});
  }

  const Json& document_;
  Projector projector_;
  Json definition_ = Json::object();
  std::vector<CandidatePage> pages_;
  std::size_t of_page_ = 0;
  Names page_names_, question_names_;
  std::map<std::string, std::string> old_names_;  // in small letters, and where the question stands
  std::map<std::string, std::string> refused_;    // by parse(): where the question stands, and why
  std::vector<Problem> problems_;
};

}  // namespace

std::expected<Projection, std::vector<Problem>> project(const base::Json& document) {
  return DocumentProjector(document).project();
}

}  // namespace halte::survey
