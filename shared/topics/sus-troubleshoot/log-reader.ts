/** Reads swupd_syncd_log on the server: 100,000 lines in a moment, with BSD’s awk. Joins the four lines of a block, and counts each product once. */
import { type Script, sh } from '../../topic-kit/index.ts';

/**
 * `wb_read_log` reads a log from its input, and prints `lines=`, `gone=` (products without a replacement), `versions=` (without a version),
 * `locked=`, and for each block of “possible security violation” one of: `folder: PRODUCT DIRECTORY` with a directory below `content`, `reason: PRODUCT
 * REASON`, or `strange: PRODUCT` for an address that no folder is made for: another host, another place, `..`, or odd letters.
 * Apple’s own names end in `.dst` where files lie below them; of another name the directory is what it lies in.
 */
export const defineLogReader: Script = sh`wb_read_log() { LC_ALL=C tr -d '\\000\\r' | LC_ALL=C awk '
  function quoted(line, name,   at) {
    at = index(line, name ": \\""); if (!at) return ""
    line = substr(line, at + length(name) + 3); at = index(line, "\\"")
    return at ? substr(line, 1, at - 1) : ""
  }
  function plain(text) { gsub(/[^A-Za-z0-9._-]/, "?", text); return text == "" ? "?" : substr(text, 1, 80) }
  function directory(url,   at, last) {
    if (url !~ "^https?://[A-Za-z0-9.-]+[.]apple[.]com/content/downloads/[A-Za-z0-9._+~/-]+$") return ""
    if (url ~ "/[.][.]?(/|$)" || index(substr(url, 9), "//") || length(url) > 400) return ""
    at = index(url, "/content/downloads/"); url = substr(url, at + 9); sub("/$", "", url)
    if (url ~ /[.]dst$/) return url
    last = url; sub("/[^/]*$", "", url)
    return (url == last || url == "downloads") ? "" : url
  }
  function once(text) { if (!(text in said)) { said[text] = 1; print text } }
  { lines++ }
  index($0, "contains possible security violation") { open = NR; product = url = reason = ""; next }
  open && NR - open > 8 { open = 0 }
  open && index($0, "Product ID: ") { product = plain(quoted($0, "Product ID")); url = quoted($0, "file URL"); next }
  open && index($0, "Reason: ") { reason = substr($0, index($0, "Reason: ") + 8); next }
  open && index($0, "will not be downloaded") {
    open = 0
    if (!index(reason, "file download path cannot be reached")) { gsub(/[^ -~]/, "?", reason); once("reason: " product " " substr(reason, 1, 120)) }
    else if ((place = directory(url)) == "") once("strange: " product)
    else once("folder: " product " " place)
    next
  }
  index($0, "is no longer available and has no replacement") { text = $0; sub(/.*Product /, "", text); sub(/ .*/, "", text); if (!(text in gone)) { gone[text] = 1; goneCount++ } next }
  index($0, "Missing version string for product") { text = $0; sub(/.*for product /, "", text); sub(/ .*/, "", text); if (!(text in bare)) { bare[text] = 1; bareCount++ } next }
  index($0, "Permission denied") || index($0, "Operation not permitted") { denied++ }
  END { print "lines=" lines + 0; print "gone=" goneCount + 0; print "versions=" bareCount + 0; print "locked=" denied + 0 }'
}`;
