// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <tuple>
#include <vector>

#include "core/store/hq/hq_store.h"
#include "core/store/sqlite.h"

namespace halte::store::hq {

inline std::int64_t millis(base::Instant at) { return at.time_since_epoch().count(); }
inline base::Instant instant(std::int64_t ms) { return base::Instant{base::Millis{ms}}; }

// Written by this program, so it parses; were it damaged, an empty object is what the caller can report.
inline base::Json json_of(const SQLite::Column& column) {
  auto json = base::parse_json(column.getString(), "a stored document");
  return json ? std::move(*json) : base::Json::object();
}
inline std::vector<std::string> words_of(const SQLite::Column& column) {
  const base::Json json = json_of(column);
  return json.is_array() ? json.get<std::vector<std::string>>() : std::vector<std::string>{};
}

// Kiosks ask whether what they have is the newest.
inline void raise_configuration(Database& db) {
  db.statement("UPDATE organisation SET configuration_version = configuration_version + 1").exec();
}

// What comments are searched with, on a connection that reads (comments.cpp).
void add_comment_functions(Database& db);

// The connections: one that writes, behind a lock, and a few that read.
class SqliteHqStore final : public HqStore {
 public:
  SqliteHqStore(Database writer, std::vector<Database> readers)
      : writer_(std::move(writer)), readers_(std::move(readers)) {
    for (Database& reader : readers_) {
      add_comment_functions(reader);
      idle_.push_back(&reader);
    }
  }

  base::Result<Ingested> ingest(const std::vector<IngestBatch>& batches, const Tallier& tallier) override;
  base::Result<ReceiptRecord> find_by_receipt(base::ByteView hash) override;
  base::Result<std::optional<Touched>> erase_by_receipt(base::ByteView hash, const Tallier& tallier) override;
  base::Status withdraw_by_receipt(base::ByteView hash, const std::string& purpose) override;
  base::Result<Erasures> erasures() override;
  base::Result<Applied> apply(const Erasures& erasures, const Tallier& tallier) override;
  base::Result<EpochNews> note_epoch(const EpochReport& report, base::Instant now) override;
  base::Result<std::vector<EpochRecord>> epochs() override;
  base::Result<std::int64_t> stored_responses() override;

  base::Result<std::vector<CountRow>> counts(const CountFilter& filter, Grain grain) override;
  base::Result<std::int64_t> pack_counts(std::int64_t after, int most) override;
  base::Result<std::int64_t> unpacked_counts() override;
  base::Result<std::vector<Latest>> latest() override;

  base::Result<std::optional<OrganisationRecord>> organisation() override;
  base::Status create_organisation(const OrganisationRecord& organisation) override;
  base::Status provision(const Provision& provision) override;
  base::Status remove_place(PlaceKind kind, const std::string& id) override;
  base::Status remove_demo() override;
  base::Result<std::vector<RegionRecord>> regions() override;
  base::Result<std::vector<BranchRecord>> branches() override;
  base::Result<std::vector<TouchpointRecord>> touchpoints() override;
  base::Result<std::vector<SurveyRecord>> surveys() override;
  base::Result<std::vector<NoticeRecord>> notices() override;
  base::Result<std::vector<KioskRecord>> kiosks() override;
  base::Status save_enrolment_code(base::ByteView code_hash, const std::string& kiosk,
                                   base::Instant expires) override;
  base::Result<KioskRecord> enrol(base::ByteView code_hash, base::ByteView public_key,
                                  base::ByteView token_hash, base::Instant now) override;
  base::Result<std::optional<KioskRecord>> kiosk_by_token(base::ByteView token_hash) override;
  base::Result<EnrolmentRequestRecord> hear_enrolment(const EnrolmentRequestRecord& heard,
                                                      base::ByteView signed_nonce) override;
  base::Result<std::optional<EnrolmentRequestRecord>> enrolment_request(base::ByteView fingerprint,
                                                                        base::Instant now) override;
  base::Status approve_enrolment(base::ByteView fingerprint, const std::string& kiosk,
                                 base::Instant now) override;
  base::Status refuse_enrolment(base::ByteView fingerprint) override;
  base::Result<std::optional<KioskRecord>> claim_enrolment(base::ByteView public_key, base::ByteView nonce,
                                                           base::ByteView token_hash,
                                                           base::Instant now) override;
  base::Result<std::int64_t> give_pin(const std::string& kiosk, const std::string& hash) override;
  base::Result<std::optional<site::GivenPin>> given_pin(const std::string& kiosk) override;
  base::Status save_heartbeat(const HeartbeatRecord& heartbeat) override;
  base::Result<std::vector<HeartbeatRecord>> heartbeats() override;
  base::Result<std::vector<response::Id>> take_erased(std::int64_t kiosk) override;

  base::Result<base::Instant> add_coverage(const CoverageRecord& told, base::Instant now) override;
  base::Result<std::vector<CoverageRecord>> coverage(base::Instant from, base::Instant to) override;
  base::Result<std::map<std::int64_t, Known>> known_coverage() override;

  base::Status save_picture(const PictureRecord& picture, base::Instant now) override;
  base::Result<std::optional<PictureRecord>> picture(const std::string& id) override;
  base::Result<std::vector<std::string>> picture_ids() override;
  base::Status keep_pictures(const std::vector<std::string>& ids, base::Instant since) override;

  base::Result<std::vector<JourneyRecord>> journeys() override;
  base::Result<std::optional<JourneyRecord>> journey(const std::string& id) override;

  base::Result<int> save_survey_draft(const SurveyDraft& draft) override;
  base::Result<std::vector<SurveyDraft>> survey_drafts() override;
  base::Result<std::optional<SurveyDraft>> survey_draft(const std::string& id) override;
  base::Status drop_survey_draft(const std::string& id) override;

  base::Result<std::int64_t> save_marker(const MarkerRecord& marker) override;
  base::Result<std::vector<MarkerRecord>> markers() override;
  base::Result<bool> remove_marker(std::int64_t row) override;

  base::Result<std::vector<figures::CommentDay>> comment_days(int from_day, int to_day) override;
  base::Result<std::vector<CommentRecord>> comments(const CommentFilter& filter,
                                                    const std::optional<CommentKey>& after,
                                                    int most) override;
  base::Result<std::map<CommentStatus, std::int64_t>> comments_by_status(
      const CommentFilter& filter) override;
  base::Result<std::vector<std::string>> comment_tags(
      const std::vector<figures::CommentCell>& cells) override;
  base::Result<std::optional<int>> day_of_comment(base::ByteView ref) override;
  base::Result<bool> review_comment(base::ByteView ref, const CommentReview& review) override;
  base::Result<int> index_comments(const response::Tallier& tallier, int most) override;

  base::Result<std::int64_t> save_user(const UserRecord& user) override;
  base::Result<std::optional<UserRecord>> user_by_email(const std::string& email) override;
  base::Result<std::vector<UserRecord>> users() override;
  base::Result<bool> has_users() override;
  base::Status remove_user(std::int64_t row) override;
  base::Status save_session(base::ByteView hash, std::int64_t user, const std::string& csrf,
                            base::Instant now) override;
  base::Result<std::optional<SessionRecord>> session(base::ByteView hash) override;
  base::Status touch_session(base::ByteView hash, base::Instant now) override;
  base::Status drop_session(base::ByteView hash) override;
  base::Status save_link(base::ByteView hash, LinkPurpose purpose, std::optional<std::int64_t> user,
                         base::Instant expires) override;
  base::Result<bool> link_is_open(base::ByteView hash, LinkPurpose purpose, base::Instant now) override;
  base::Result<std::optional<std::optional<std::int64_t>>> use_link(base::ByteView hash, LinkPurpose purpose,
                                                                    base::Instant now) override;
  base::Result<std::optional<UserRecord>> user(std::int64_t row) override;
  base::Status save_api_key(const ApiKeyRecord& key, base::ByteView hash) override;
  base::Result<std::vector<ApiKeyRecord>> api_keys() override;
  base::Result<std::optional<ApiKeyRecord>> use_api_key(base::ByteView hash, base::Instant now) override;
  base::Result<bool> remove_api_key(const std::string& id) override;

  base::Status audit(const AuditEntry& entry, base::Instant now) override;

  base::Status ping() override;

 private:
  // One transaction on the writer.
  template <class Work>
  auto write(const char* doing, Work work) -> base::Result<decltype(work(std::declval<Database&>()))> {
    std::lock_guard lock(writer_mutex_);
    auto result = guarded(writer_, doing, [&] {
      Transaction transaction(writer_);
      if constexpr (std::is_void_v<decltype(work(writer_))>) {
        work(writer_);
        transaction.commit();
      } else {
        auto value = work(writer_);
        transaction.commit();
        return value;
      }
    });
    if (!result) series_rows_.clear();  // rows that the rollback took away must not be remembered
    writer_.settle();
    return result;
  }

  // On whichever reading connection is free.
  template <class Work>
  auto read(const char* doing, Work work) -> base::Result<decltype(work(std::declval<Database&>()))> {
    Database* reader = take_reader();
    auto result = guarded(*reader, doing, [&] { return work(*reader); });
    give_back(reader);
    return result;
  }

  Database* take_reader() {
    std::unique_lock lock(readers_mutex_);
    reader_free_.wait(lock, [&] { return !idle_.empty(); });
    Database* reader = idle_.back();
    idle_.pop_back();
    return reader;
  }
  void give_back(Database* reader) {
    reader->rest();
    {
      std::lock_guard lock(readers_mutex_);
      idle_.push_back(reader);
    }
    reader_free_.notify_one();
  }

  // Inside a transaction on the writer (ledger.cpp).
  struct Stored {
    response::Response response;
    bool marked = false;
  };
  IngestResult ingest_item(const IngestBatch& batch, const outbox::Item& item, const Tallier& tallier,
                           Ingested& out);
  IngestResult ingest_response(const IngestBatch& batch, const outbox::Item& item, const Tallier& tallier,
                               Ingested& out);
  bool is_erased(std::int64_t kiosk, const response::Id& id);
  bool was_erased_by_receipt(const response::Response& response);
  void apply_withdrawals(std::int64_t kiosk, response::Response& response);
  void add_receipt(std::int64_t kiosk, const response::Response& response);
  void add_comments(std::int64_t kiosk, const response::Response& response,
                    const std::vector<response::Comment>& comments);
  void count(const response::Response& response, const Tally& tally, int sign);
  void add_count(std::int64_t series, int hour, int band, const std::string& bin);
  void take_count(std::int64_t series, int hour, int band, const std::string& bin);
  void take_from_packed(std::int64_t series, int hour, int band, const std::string& bin);  // packing.cpp
  std::int64_t series_row(const response::Response& response, const std::string& question);
  void note_latest(const response::Response& response);
  std::optional<Stored> stored(std::int64_t kiosk, const response::Id& id);
  std::optional<Touched> erase(std::int64_t kiosk, const response::Id& id, const Tallier& tallier, bool told);
  std::optional<Touched> withdraw(std::int64_t kiosk, const response::Id& id, const std::string& purpose);
  // By its code: the response, or what comes under that code later.
  std::optional<Touched> erase_receipt(base::ByteView hash, const Tallier& tallier);
  bool withdraw_receipt(base::ByteView hash, const std::string& purpose);
  std::optional<Touched> apply_receipt(const Erasures::Receipt& receipt, const Tallier& tallier);
  bool note_received(const IngestBatch& batch, std::uint64_t seq);
  void note_reused(const IngestBatch& batch);

  using SeriesKey =
      std::tuple<std::string, std::string, std::string, std::string, int, std::string, std::string, bool>;

  std::mutex writer_mutex_;
  Database writer_;
  std::map<SeriesKey, std::int64_t> series_rows_;

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<Database> readers_;
  std::vector<Database*> idle_;
};

}  // namespace halte::store::hq
