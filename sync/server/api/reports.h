// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sync/server/api/tables.h"
#include "sync/server/api/view.h"

namespace halte::api {

// One report: a document for a page, and the same figures as a table.
struct Report {
  base::Json json;  // what it says beside the view and k, which every report has
  base::Json rows;  // of the table
  std::vector<TableColumn> columns;
};
using ReportOrProblem = std::expected<Report, http::Response>;
using ReportHandler =
    std::function<ReportOrProblem(Services&, const World&, const View&, const http::Request&)>;
// GET /api/v1/{name}: JSON, CSV or XLSX, as asked; a file is an export, and stands in the audit log.
void add_report(http::Router& router, Services& services, const std::string& name, ReportHandler handler);

// {"value", "low", "high", "p", "proven"}; null where either side is too small to show.
base::Json difference_json(const std::optional<stats::Difference>& difference);

}  // namespace halte::api
