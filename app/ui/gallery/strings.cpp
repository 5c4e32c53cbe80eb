// SPDX-License-Identifier: Apache-2.0
#include "app/ui/gallery/pages.h"

namespace halte::ui::gallery {
namespace {

constexpr Strings all[] = {
    {.language = "nl",
     .direction = Direction::left_to_right,
     .question = "Hoe was uw bezoek vandaag?",
     .hint = "Tik op het gezicht dat het best past.",
     .recommend = "Hoe waarschijnlijk is het dat u ons zou aanbevelen aan een vriend of collega?",
     .low = "helemaal niet waarschijnlijk",
     .high = "uiterst waarschijnlijk",
     .what_better = "Wat kon beter?",
     .yes = "Ja, graag",
     .no = "Nee, dank u",
     .thanks = "Bedankt! Dit helpt ons echt vooruit.",
     .privacy = "Anoniem · geen camera · geen namen",
     .typed = "De wachtrij bij de kassa was lang, maar het personeel bleef vriendelijk",
     .done = "Klaar",
     .moods = {"Heel slecht", "Slecht", "Gaat wel", "Goed", "Heel goed"},
     .reasons = {"Personeel", "Wachttijd", "Prijs", "Aanbod", "Netheid", "Bereikbaarheid", "Iets anders"},
     .consent = "Nieuws per e-mail",
     .consent_detail = "Hoogstens één keer per maand. U kunt elk moment stoppen met de link in de mail.",
     .reply = "Een antwoord op mijn opmerking",
     .reply_detail = "Alleen om u te antwoorden, daarna wissen we uw adres."},
    {.language = "de",
     .direction = Direction::left_to_right,
     .question = "Wie war Ihr Besuch heute?",
     .hint = "Tippen Sie auf das Gesicht, das am besten passt.",
     .recommend =
         "Wie wahrscheinlich ist es, dass Sie uns einem Freund oder Kollegen weiterempfehlen würden?",
     .low = "gar nicht wahrscheinlich",
     .high = "sehr wahrscheinlich",
     .what_better = "Was könnte besser sein?",
     .yes = "Ja, gern",
     .no = "Nein danke",
     .thanks = "Danke! Das hilft uns wirklich weiter.",
     .privacy = "Anonym · keine Kamera · keine Namen",
     .typed = "Schöne Auswahl, aber die Einkaufs\u00ADwagen\u00ADrückgabestelle war schwer zu finden",
     .done = "Fertig",
     .moods = {"Sehr schlecht", "Schlecht", "Mittel", "Gut", "Sehr gut"},
     .reasons = {"Mitarbeiter", "Wartezeit", "Preis", "Sortiment", "Sauberkeit", "Öffnungszeiten",
                 "Etwas anderes"},
     .consent = "Neuigkeiten per E-Mail",
     .consent_detail =
         "Höchstens einmal im Monat. Sie können jederzeit über den Link in der E-Mail aufhören.",
     .reply = "Eine Antwort auf meine Anmerkung",
     .reply_detail = "Nur um Ihnen zu antworten, danach löschen wir Ihre Adresse."},
    {.language = "ar",
     .direction = Direction::right_to_left,
     .question = "كيف كانت زيارتك اليوم؟",
     .hint = "المس الوجه الأقرب إلى رأيك.",
     .recommend = "ما مدى احتمال أن توصي بنا صديقًا أو زميلًا؟",
     .low = "غير محتمل إطلاقًا",
     .high = "محتمل جدًا",
     .what_better = "ما الذي يمكن تحسينه؟",
     .yes = "نعم، من فضلك",
     .no = "لا، شكرًا",
     .thanks = "شكرًا لك! هذا يساعدنا حقًا.",
     .privacy = "بدون اسم · بدون كاميرا · بدون تسجيل",
     .typed = "كان الموظفون في Halte لطفاء جدًا",
     .done = "تم",
     .moods = {"سيئة جدًا", "سيئة", "مقبولة", "جيدة", "ممتازة"},
     .reasons = {"الموظفون", "وقت الانتظار", "السعر", "التشكيلة", "النظافة", "سهولة الوصول", "شيء آخر"},
     .consent = "الأخبار بالبريد الإلكتروني",
     .consent_detail = "مرة واحدة في الشهر على الأكثر. يمكنك التوقف في أي وقت من الرابط في الرسالة.",
     .reply = "رد على ملاحظتي",
     .reply_detail = "للرد عليك فقط، ثم نحذف عنوانك."},
};

}  // namespace

std::span<const Strings> all_strings() { return all; }

}  // namespace halte::ui::gallery
