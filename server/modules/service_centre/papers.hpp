#pragma once
// Papers of one case: the letter that hands it to an agency, the slip on which it was taken and
// handed on (แบบรายงานรับ–ส่งต่อ), and its summary for the file. Pure.
//
// They are made of a Case as its reader sees it (model of views.cpp), so a paper cannot hold what
// its reader may not see. The wording is this programme's own: no form of the letter was found. The
// fields of the slip are those of a form of a provincial centre, as it was found there.

#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/paper.hpp"

#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

struct CasePaperFacts {
  Case of;
  std::vector<CaseStep> steps;  // as the reader sees them
  std::vector<Clock> clocks;
  std::string centre_th;  // "ศูนย์ดำรงธรรมอำเภอ…"
  std::string area_th;    // of the place, from the narrowest to the province
  std::string kind_th;
  std::string category_th;
  std::string channel_th;
  std::string importance_th;
  std::string office_th;  // of who prints it
  Date printed_on;
};

// External letter to the agency of one assignment. Knows nothing of who reported, however open they
// are: the agency acts on the matter, not on who said it.
documents::paper::Letter hand_off_letter(const CasePaperFacts& facts,
                                         const CaseAssignment& assignment);

documents::paper::TableReport service_link_slip(const CasePaperFacts& facts);

documents::paper::TableReport case_summary(const CasePaperFacts& facts);

}  // namespace changwat::service_centre
