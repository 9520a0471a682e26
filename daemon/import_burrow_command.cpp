#include "daemon/import_burrow_command.h"

#include "config/burrow_import.h"
#include "config/problems.h"
#include "config/read_file.h"

namespace tidemark {
namespace {

constexpr std::size_t most_bytes = 10'000'000;

void say(const BurrowImport& found, const std::string& file, std::ostream& out) {
  out << "# Made of " << quote(file) << " by tidemark import-burrow.\n";
  out << "# Check it with: tidemark check-config FILE\n";
  if (!found.variables.empty()) out << "#\n# To be set in the environment:\n";
  for (const std::string& each : found.variables) out << "#   " << each << "\n";
  if (!found.notes.empty()) out << "#\n# What is otherwise than in Burrow, or left to do:\n";
  for (const std::string& note : found.notes) out << "# - " << note << "\n";
  out << found.toml;
}

// In comments and at a terminal: names from the file may be anything.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return text;
}

}  // namespace

int import_burrow_command(const std::string& file, const Console& console) {
  const auto text = read_file(file, most_bytes);
  if (!text) {
    console.err << "tidemark import-burrow: " << quote(file) << " " << text.error().message << "\n";
    return exit_usage;
  }
  auto found = import_burrow(text.value());
  if (!found) {
    console.err << "tidemark import-burrow: " << quote(file) << ": " << found.error().message
                << "\n";
    return exit_usage;
  }
  for (std::string& note : found.value().notes) note = one_line(note);
  say(found.value(), file, console.out);
  for (const std::string& note : found.value().notes) console.err << note << "\n";
  for (const std::string& variable : found.value().variables) {
    console.err << "to be set in the environment, or as a file (KEY_file): " << variable << "\n";
  }
  return exit_fine;
}

}  // namespace tidemark
