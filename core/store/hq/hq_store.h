// SPDX-License-Identifier: Apache-2.0
#pragma once

// The server's database as ports, one for each concern; sqlite/ implements them all over one writer and a
// few readers. Every call may come from any thread, and what returns without error is durable.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/outbox/outbox.h"
#include "core/response/counts.h"
#include "core/site/pin.h"
#include "core/store/hq/api_keys.h"
#include "core/store/hq/comments.h"
#include "core/store/hq/kiosk_coverage.h"

namespace halte::store::hq {

// ---- taking responses in

using response::Tallier;
using response::Tally;

struct IngestBatch {
  std::int64_t kiosk = 0;  // KioskRecord::row
  std::string branch;      // where the responses were given, as the batch says
  std::string epoch;
  base::Instant received{};  // coarsened
  std::vector<outbox::Item> items;
};
// retry: not now, and nothing is wrong with it.
enum class IngestStatus { stored, duplicate, rejected, retry };
struct IngestResult {
  response::Id id;
  IngestStatus status = IngestStatus::stored;
  std::string reason;
  bool number_reused = false;  // stored, though its number had come before: from another copy of the database
};
// What a batch changed, for pages that are open.
struct Touched {
  std::string branch;
  std::string touchpoint;
  auto operator<=>(const Touched&) const = default;
};
struct Ingested {
  std::vector<std::vector<IngestResult>> results;  // one list a batch, one result an item
  std::vector<Touched> touched;
};

struct ReceiptRecord {
  enum class State { unknown, stored, erased } state = State::unknown;
  std::optional<response::Response> response;
};

// Numbers from low to high, both included.
struct NumberRange {
  std::uint64_t low = 0, high = 0;
};
// All that is known of the numbers of one epoch of one kiosk.
struct EpochRecord {
  std::int64_t kiosk = 0;  // KioskRecord::row
  std::string kiosk_id;    // empty: that kiosk is no more
  std::string epoch;
  std::vector<NumberRange> received;   // what arrived and was kept or erased; rising, without overlap
  std::uint64_t captured = 0;          // the most that a heartbeat told of
  std::uint64_t waiting = 0;           // how many of those were still at the kiosk then
  std::optional<base::Instant> heard;  // its last heartbeat
  std::int64_t reused = 0;             // answers that came under a number which had come before
  std::int64_t returned = 0;           // how often it was heard again after another epoch was
};
// What a heartbeat says of the kiosk's numbers.
struct EpochReport {
  std::int64_t kiosk = 0;
  std::string epoch;
  std::uint64_t captured = 0, waiting = 0;
};
// How that goes with what is known.
struct EpochNews {
  bool is_behind = false;     // it knows less than has arrived, or than was told before: an older copy
  std::int64_t returned = 0;  // see EpochRecord, this heartbeat included
  bool returns = false;       // this very heartbeat
};

// One response, named so that it is the same in another copy of the database, where kiosks may have other
// rows.
struct ResponseName {
  std::string kiosk;     // KioskRecord::id; empty: that kiosk is no more,
  std::int64_t row = 0;  // and this was its row
  response::Id id;
  bool operator==(const ResponseName&) const = default;
};
// All that people took back, whether it had come or not.
struct Erasures {
  struct Response {
    ResponseName name;
    bool told = false;  // its kiosk knows
    bool operator==(const Response&) const = default;
  };
  struct Receipt {
    base::Bytes hash;
    std::optional<ResponseName> name;  // nothing: it was erased before a response came with it
    std::string branch;
    bool operator==(const Receipt&) const = default;
  };
  struct Withdrawal {
    ResponseName name;
    std::string purpose;
    bool operator==(const Withdrawal&) const = default;
  };
  struct ReceiptWithdrawal {  // before a response came with it
    base::Bytes hash;
    std::string purpose;
    bool operator==(const ReceiptWithdrawal&) const = default;
  };
  std::vector<Response> responses;
  std::vector<Receipt> receipts;
  std::vector<Withdrawal> withdrawals;
  std::vector<ReceiptWithdrawal> receipt_withdrawals;

  void add(Erasures others);  // what is there twice does no harm
  bool operator==(const Erasures&) const = default;
};
// How many responses an application has changed.
struct Applied {
  std::int64_t erased = 0, withdrawn = 0;
};

class Ledger {
 public:
  virtual ~Ledger() = default;
  // One transaction for all batches: rows, counts, receipts, ranges (of what the kiosk may now drop). The key
  // (kiosk, id) is what makes a repeated batch harmless. After an error nothing is stored.
  virtual base::Result<Ingested> ingest(const std::vector<IngestBatch>& batches, const Tallier& tallier) = 0;
  virtual base::Result<ReceiptRecord> find_by_receipt(base::ByteView hash) = 0;
  // Gone from every table, counted back, and kept out for ever. Nothing: no response has come with that
  // receipt yet, and none that comes will be let in.
  virtual base::Result<std::optional<Touched>> erase_by_receipt(base::ByteView hash,
                                                                const Tallier& tallier) = 0;
  // Holds for a response that arrives later too.
  virtual base::Status withdraw_by_receipt(base::ByteView hash, const std::string& purpose) = 0;
  virtual base::Result<Erasures> erasures() = 0;
  // Those of another copy of the database, in one transaction: as if each had been asked for here. What is
  // done already stays as it is. A response of a kiosk that is not known here is kept out by its receipt.
  virtual base::Result<Applied> apply(const Erasures& erasures, const Tallier& tallier) = 0;
  // A report that is behind changes nothing: those numbers are another copy's.
  virtual base::Result<EpochNews> note_epoch(const EpochReport& report, base::Instant now) = 0;
  // By kiosk and epoch.
  virtual base::Result<std::vector<EpochRecord>> epochs() = 0;
  virtual base::Result<std::int64_t> stored_responses() = 0;
};

// ---- reading counts

struct CountFilter {
  std::optional<std::vector<std::string>> branches;  // none named: no branch at all
  std::optional<std::string> touchpoint;
  std::vector<std::string> questions;  // empty: all
  int from_hour = 0;                   // hours since 1970, UTC; from ≤ hour < to
  int to_hour = 0;
  bool by_branch = true;     // false: branches are added up, and rows name none
  bool by_audience = false;  // rows name language and variant
};
using response::CountRow;
enum class Grain { total, hour };

using response::ended_question;

struct Latest {
  std::string branch;
  std::string touchpoint;
  base::Instant at{};  // coarsened
};

class Counts {
 public:
  virtual ~Counts() = default;
  virtual base::Result<std::vector<CountRow>> counts(const CountFilter& filter, Grain grain) = 0;
  virtual base::Result<std::vector<Latest>> latest() = 0;
  // Upkeep, at any time: brings what has arrived into the form that is read fast; no figure changes. Up to
  // `most` series behind the one named `after`, 0 at the beginning. The last one, to go on after; 0: the end.
  virtual base::Result<std::int64_t> pack_counts(std::int64_t after, int most) = 0;
  virtual base::Result<std::int64_t> unpacked_counts() = 0;
};

// ---- the organisation, its places and its kiosks

struct OrganisationRecord {
  std::string name;
  bool demo = false;
  int k = 10;
  int configuration_version = 1;  // rises with every change that a kiosk must know of
  std::string sealing_key_id;
  base::Bytes sealing_public_key;
  std::string signing_key_id;
  base::Bytes signing_public_key, signing_secret_key;
  base::Bytes receipt_key;
  base::Json own = base::Json::object();      // core/site/inheritance.h
  base::Json contact = base::Json::object();  // site::ContactForm as JSON
  std::string accent;                         // empty: the house colour
};
struct RegionRecord {
  std::string id, name;
  std::string parent;  // a region's id; empty: the organisation
  base::Json own = base::Json::object();
};
struct BranchRecord {
  std::string id, name, region;
  base::Json own = base::Json::object();
};
struct TouchpointRecord {
  std::string id, name;
  std::string survey;  // id of the survey that is asked there
};
struct SurveyRecord {
  std::string id;
  int version = 1;
  base::Json definition;
  base::Json metrics;  // site::MetricQuestions as JSON
};
struct NoticeRecord {
  std::string id;
  int version = 1;
  std::string purpose;
  std::map<std::string, std::string> texts;
};
struct KioskRecord {
  std::int64_t row = 0;
  std::string id, name, branch, touchpoint;
  base::Bytes public_key;  // empty: not enrolled
  bool revoked = false;
  bool paused = false;  // asks nobody until it is told to go on
  base::Json own = base::Json::object();
  bool enrolled() const { return !public_key.empty(); }
};
struct HeartbeatRecord {
  std::string kiosk;
  base::Instant at{};  // to the minute: this is about a machine, not about a visitor
  base::Json body;
};

struct JourneyRecord {
  std::string id;
  int version = 1;
  base::Json document;  // journey::Map as JSON
};

// What is in it is made or changed, what is not stays. A version of a survey or a notice is immutable.
struct Provision {
  std::optional<OrganisationRecord> organisation;  // all but the keys
  std::vector<RegionRecord> regions;
  std::vector<BranchRecord> branches;
  std::vector<TouchpointRecord> touchpoints;
  std::vector<SurveyRecord> surveys;
  std::vector<NoticeRecord> notices;
  std::vector<KioskRecord> kiosks;  // all but what enrolling gives
  std::vector<JourneyRecord> journeys;
};
enum class PlaceKind { region, branch, touchpoint, kiosk };

// A device that asks to become a kiosk. Anybody may ask, so nothing comes of it until a person approves it.
struct EnrolmentRequestRecord {
  base::Bytes fingerprint;  // site::fingerprint_of() the public key
  base::Bytes public_key;
  std::string software;
  base::Bytes nonce;  // that the device signs with its next call
  base::Instant asked{}, expires{};
  std::string kiosk;  // that it is approved as; empty: not yet
};

// Anybody may ask, so what it may cost is bounded.
constexpr int most_enrolment_requests = 100;  // that nobody has approved

// What asks to be enrolled. Each is bound to the public key that was seen; one that has ended is as none.
class EnrolmentRequests {
 public:
  virtual ~EnrolmentRequests() = default;
  // Gives what stands for this key now. None stood: `heard` does. One stood whose nonce was `signed_nonce`:
  // it takes the nonce, the software and the end of `heard`. Else it is as it was. Beyond the most, the one
  // that ends first makes room. The fingerprint of another key: conflict.
  virtual base::Result<EnrolmentRequestRecord> hear_enrolment(const EnrolmentRequestRecord& heard,
                                                              base::ByteView signed_nonce) = 0;
  virtual base::Result<std::optional<EnrolmentRequestRecord>> enrolment_request(base::ByteView fingerprint,
                                                                                base::Instant now) = 0;
  // One device a kiosk: another one's approval for it ends. No such request or kiosk: not_found.
  virtual base::Status approve_enrolment(base::ByteView fingerprint, const std::string& kiosk,
                                         base::Instant now) = 0;
  // Approved or not: nothing comes of it any more. None: not_found.
  virtual base::Status refuse_enrolment(base::ByteView fingerprint) = 0;
  // Uses an approval up, as Places::enrol() uses a code. Not approved, not this nonce, ended: nothing.
  virtual base::Result<std::optional<KioskRecord>> claim_enrolment(base::ByteView public_key,
                                                                   base::ByteView nonce,
                                                                   base::ByteView token_hash,
                                                                   base::Instant now) = 0;
};

class Places {
 public:
  virtual ~Places() = default;
  virtual base::Result<std::optional<OrganisationRecord>> organisation() = 0;
  // Once: a conflict if there is one. One that nobody can sign in to is replaced: it is what a set-up that
  // was cut short has left, and nothing can have been enrolled or sealed under it.
  virtual base::Status create_organisation(
      const OrganisationRecord& organisation) = 0;  // conflict: there is one
  // In one transaction, whole or not at all. A version that is there already: conflict.
  virtual base::Status provision(const Provision& provision) = 0;
  // Refused while something stands below it or was answered there: its history would lose its name. No such
  // place: not_found.
  virtual base::Status remove_place(PlaceKind kind, const std::string& id) = 0;
  // Everything goes, the demo's accounts too. Refused for an organisation that is not marked as a demo.
  virtual base::Status remove_demo() = 0;

  virtual base::Result<std::vector<RegionRecord>> regions() = 0;
  virtual base::Result<std::vector<BranchRecord>> branches() = 0;
  virtual base::Result<std::vector<TouchpointRecord>> touchpoints() = 0;
  virtual base::Result<std::vector<SurveyRecord>> surveys() = 0;  // every version
  virtual base::Result<std::vector<NoticeRecord>> notices() = 0;
  virtual base::Result<std::vector<KioskRecord>> kiosks() = 0;

  // Codes and tokens are stored hashed; enrolling uses the code up. A used, old or unknown code: not_found.
  virtual base::Status save_enrolment_code(base::ByteView code_hash, const std::string& kiosk,
                                           base::Instant expires) = 0;
  virtual base::Result<KioskRecord> enrol(base::ByteView code_hash, base::ByteView public_key,
                                          base::ByteView token_hash, base::Instant now) = 0;
  virtual base::Result<std::optional<KioskRecord>> kiosk_by_token(base::ByteView token_hash) = 0;

  // The PIN of a kiosk's manager view, as an Argon2id hash; it takes the place of the one before. Returns its
  // generation, one higher than that one's, and the configuration's version has risen with it. No such kiosk:
  // not_found.
  virtual base::Result<std::int64_t> give_pin(const std::string& kiosk, const std::string& hash) = 0;
  virtual base::Result<std::optional<site::GivenPin>> given_pin(const std::string& kiosk) = 0;

  virtual base::Status save_heartbeat(const HeartbeatRecord& heartbeat) = 0;
  virtual base::Result<std::vector<HeartbeatRecord>> heartbeats() = 0;
  // Ids erased here that this kiosk was not told of yet; telling it is the next heartbeat's reply.
  virtual base::Result<std::vector<response::Id>> take_erased(std::int64_t kiosk) = 0;
};

// ---- pictures of the organisation's

struct PictureRecord {
  std::string id;    // core/site/pictures.h
  std::string type;  // "image/png" or "image/jpeg"
  base::Bytes content;
};

class Pictures {
 public:
  virtual ~Pictures() = default;
  // One that is there already only counts as added anew.
  virtual base::Status save_picture(const PictureRecord& picture, base::Instant now) = 0;
  virtual base::Result<std::optional<PictureRecord>> picture(const std::string& id) = 0;
  virtual base::Result<std::vector<std::string>> picture_ids() = 0;
  // All that were added before `since`, but these, go.
  virtual base::Status keep_pictures(const std::vector<std::string>& ids, base::Instant since) = 0;
};

// ---- maps

class Journeys {
 public:
  virtual ~Journeys() = default;
  virtual base::Result<std::vector<JourneyRecord>> journeys() = 0;
  virtual base::Result<std::optional<JourneyRecord>> journey(const std::string& id) = 0;
};

// ---- surveys that somebody is writing

struct SurveyDraft {
  std::string id;
  int revision = 0;  // that this one was made from; 0: there was none
  base::Json definition = base::Json::object(), metrics = base::Json::object();
  std::string author;  // who saved it last
  base::Instant at{};
};

class SurveyDrafts {
 public:
  virtual ~SurveyDrafts() = default;
  // Returns the new revision. One that was made from another revision than the one that is there: conflict,
  // and nothing is changed.
  virtual base::Result<int> save_survey_draft(const SurveyDraft& draft) = 0;
  virtual base::Result<std::vector<SurveyDraft>> survey_drafts() = 0;  // by id
  virtual base::Result<std::optional<SurveyDraft>> survey_draft(const std::string& id) = 0;
  virtual base::Status drop_survey_draft(const std::string& id) = 0;  // none there: fine
};

// ---- what happened when, for those who read a trend

struct MarkerRecord {
  std::int64_t row = 0;                    // 0: a new one
  std::string day;                         // local: "2026-11-28"
  std::string label;                       // "Refit", "Actieweek"
  std::string region, branch, touchpoint;  // empty: all
};

class Markers {
 public:
  virtual ~Markers() = default;
  virtual base::Result<std::int64_t> save_marker(const MarkerRecord& marker) = 0;  // returns its row
  virtual base::Result<std::vector<MarkerRecord>> markers() = 0;                   // by day
  virtual base::Result<bool> remove_marker(std::int64_t row) = 0;                  // false: there was none
};

// ---- people and what they did

struct UserRecord {
  std::int64_t row = 0;
  std::string email;
  std::string password_hash;  // empty: signs in by link only
  std::vector<std::string> roles;
  std::vector<std::string> branches;  // a branch manager's own
  std::string name;
};
struct SessionRecord {
  UserRecord user;
  std::string csrf;
  base::Instant created{}, used{};
};
enum class LinkPurpose { set_up, sign_in };

struct AuditEntry {
  std::string actor, action, subject;
};

class People {
 public:
  virtual ~People() = default;
  virtual base::Result<std::int64_t> save_user(const UserRecord& user) = 0;  // by e-mail; returns its row
  virtual base::Result<std::optional<UserRecord>> user_by_email(const std::string& email) = 0;
  virtual base::Result<std::vector<UserRecord>> users() = 0;
  virtual base::Result<bool> has_users() = 0;
  // The account, its sessions and its links.
  virtual base::Status remove_user(std::int64_t row) = 0;

  virtual base::Status save_session(base::ByteView hash, std::int64_t user, const std::string& csrf,
                                    base::Instant now) = 0;
  virtual base::Result<std::optional<SessionRecord>> session(base::ByteView hash) = 0;
  virtual base::Status touch_session(base::ByteView hash, base::Instant now) = 0;
  virtual base::Status drop_session(base::ByteView hash) = 0;

  virtual base::Status save_link(base::ByteView hash, LinkPurpose purpose, std::optional<std::int64_t> user,
                                 base::Instant expires) = 0;
  // Uses the link up. Used, old, unknown or for another purpose: nothing.
  virtual base::Result<bool> link_is_open(base::ByteView hash, LinkPurpose purpose, base::Instant now) = 0;
  virtual base::Result<std::optional<std::optional<std::int64_t>>> use_link(base::ByteView hash,
                                                                            LinkPurpose purpose,
                                                                            base::Instant now) = 0;
  virtual base::Result<std::optional<UserRecord>> user(std::int64_t row) = 0;

  // Append-only; each entry carries the hash of the one before. No personal data of visitors.
  virtual base::Status audit(const AuditEntry& entry, base::Instant now) = 0;
};

class HqStore : public Ledger,
                public Counts,
                public Places,
                public EnrolmentRequests,
                public KioskCoverage,
                public Pictures,
                public Journeys,
                public SurveyDrafts,
                public Markers,
                public Comments,
                public People,
                public ApiKeys {
 public:
  // `readers`: connections for reading, so that a long report does not wait for ingest.
  static base::Result<std::unique_ptr<HqStore>> create_sqlite(const std::filesystem::path& path,
                                                              int readers = 2);
  // Storage answers and may be written: for /readyz.
  virtual base::Status ping() = 0;
};

// Ledger::epochs() of a database that a server may be at work on: reads only, and takes no lock. Refused
// where another version has made it.
base::Result<std::vector<EpochRecord>> read_epochs_sqlite(const std::filesystem::path& path);

}  // namespace halte::store::hq
