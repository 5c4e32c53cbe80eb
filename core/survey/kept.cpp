// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>

#include "core/survey/projection.h"

namespace halte::survey {
namespace {

struct Reason {
  std::string_view text;
  std::vector<std::string_view> properties;
};

const std::vector<Reason>& reasons() {
  static const std::vector<Reason> all{
      {"is not shown: the kiosk ends with its own thank-you screen",
       {"completedHtml", "completedBeforeHtml", "completedHtmlOnCondition", "showCompletedPage",
        "showCompletePage", "loadingHtml"}},
      {"is not shown: logo and pictures come from the kiosk's configuration",
       {"logo", "logoPosition", "logoWidth", "logoHeight", "logoFit", "backgroundImage", "backgroundImageFit",
        "backgroundImageAttachment", "backgroundOpacity", "imageLink"}},
      {"is not used: the kiosk asks every visitor", {"cookieName", "partialSendEnabled"}},
      {"does not run at the kiosk", {"triggers"}},
      {"is not computed at the kiosk", {"calculatedValues"}},
      {"is not opened: the kiosk shows no other pages", {"navigateToUrl", "navigateToUrlOnCondition"}},
      {"is not checked at the kiosk",
       {"validators", "min", "max", "step", "minValueExpression", "maxValueExpression", "maskType",
        "maskSettings"}},
      {"is not used: isRequired alone decides", {"requiredIf"}},
      {"is not used: at the kiosk every question that is shown can be answered",
       {"enableIf", "readOnly", "mode"}},
      {"is not used: the kiosk offers every choice",
       {"choicesVisibleIf", "choicesEnableIf", "hideIfChoicesEmpty"}},
      {"is not loaded: the kiosk offers the choices that stand in the survey",
       {"choicesByUrl", "choicesFromQuestion", "choicesFromQuestionMode", "choicesLazyLoadEnabled"}},
      {"is not used: every visitor starts without an answer",
       {"defaultValue", "defaultValueExpression", "setValueIf", "setValueExpression", "resetValueIf",
        "defaultDisplayValue"}},
      {"is not used: the kiosk counts neither points nor time",
       {"correctAnswer", "timeLimit", "timeLimitPerPage", "maxTimeToFinish", "maxTimeToFinishPage",
        "showTimer", "showTimerPanel", "showTimerPanelMode", "timerInfoMode", "timerLocation"}},
      {"is not used: the kiosk keeps the survey's order",
       {"choicesOrder", "questionsOrder", "questionOrder", "randomize", "randomizeCategory", "rowsOrder"}},
      {"is not asked: the kiosk has no comment beside a question",
       {"showCommentArea", "hasComment", "commentText", "commentPlaceholder", "otherPlaceholder",
        "otherPlaceHolder", "otherErrorText"}},
      {"is not used: the kiosk begins with the first page",
       {"firstPageIsStarted", "firstPageIsStartPage", "startSurveyText"}},
      {"is not used: at the end the kiosk drops the answers of hidden questions",
       {"clearInvisibleValues", "clearIfInvisible"}},
      {"is not used: the kiosk has its own words for buttons and errors",
       {"requiredErrorText", "minErrorText", "maxErrorText", "pagePrevText", "pageNextText", "completeText",
        "previewText", "editText", "requiredText", "requiredMark", "showPreviewBeforeComplete"}},
      {"is not used: the kiosk does its own layout",
       {"widthMode",
        "width",
        "minWidth",
        "maxWidth",
        "titleLocation",
        "questionTitleLocation",
        "descriptionLocation",
        "questionDescriptionLocation",
        "questionErrorLocation",
        "errorLocation",
        "showQuestionNumbers",
        "showNumber",
        "hideNumber",
        "showPageNumbers",
        "showPageTitles",
        "showTitle",
        "showProgressBar",
        "progressBarType",
        "progressBarLocation",
        "progressBarShowPageTitles",
        "progressBarShowPageNumbers",
        "showTOC",
        "tocLocation",
        "colCount",
        "startWithNewLine",
        "indent",
        "innerIndent",
        "rows",
        "cols",
        "autoGrow",
        "allowResize",
        "questionsOnPageMode",
        "isSinglePage",
        "showNavigationButtons",
        "showPrevButton",
        "goNextPageAutomatic",
        "autoAdvanceEnabled",
        "fitToContainer",
        "headerView",
        "state",
        "separateSpecialChoices",
        "displayMode",
        "rateDisplayMode",
        "rateColorMode",
        "scaleColorMode",
        "rateDescriptionLocation",
        "displayRateDescriptionsAsExtremeItems",
        "imageFit",
        "imageHeight",
        "imageWidth",
        "contentMode",
        "showLabel",
        "renderAs",
        "swapOrder",
        "useTitleAsLabel",
        "gridLayoutEnabled",
        "gridLayoutColumns"}},
  };
  return all;
}

}  // namespace

std::string reason_to_keep(std::string_view property) {
  for (const auto& reason : reasons())
    if (std::ranges::find(reason.properties, property) != reason.properties.end())
      return std::string(reason.text);
  return "is not used at the kiosk";
}

std::string_view spelling(const base::Json& object, std::string_view key) {
  struct Pair {
    std::string_view now, before;
  };
  constexpr Pair kPairs[] = {{"elements", "questions"},
                             {"placeholder", "placeHolder"},
                             {"showOtherItem", "hasOther"},
                             {"showNoneItem", "hasNone"}};
  const auto* pair = std::ranges::find(kPairs, key, &Pair::now);
  return pair != std::end(kPairs) && !object.contains(key) && object.contains(pair->before) ? pair->before
                                                                                            : key;
}

}  // namespace halte::survey
