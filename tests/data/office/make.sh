#!/bin/sh
# Makes the fixtures of this folder from sources/ with the programs named in README.md.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
mkdir -p hostile
office() { format=$1; shift; soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$format" --outdir "$work" "$@" >/dev/null 2>&1; }

for name in by-topic by-role faq table table-turned prose; do
    pandoc "sources/$name.md" -f markdown-smart -o "$name.pandoc.docx"
    pandoc "sources/$name.md" -f markdown-smart -s --metadata title=" " -t odt -o "$work/$name.odt"
    office pdf "$work/$name.odt" && mv "$work/$name.pdf" "$name.libreoffice.pdf"
    office docx "$work/$name.odt" && mv "$work/$name.docx" "$name.libreoffice.docx"
    pandoc "sources/$name.md" -f markdown-smart --pdf-engine=pdflatex -V geometry:a5paper -o "$name.latex.pdf"
done
pandoc sources/by-topic.md -f markdown-smart -s --metadata pagetitle="Financial Controller vs Treasurer" -o by-topic.pandoc.html
office odt "--infilter=HTML (StarWriter)" sources/bold-lines.html
office odt sources/reviewed.fodt
for name in bold-lines reviewed; do
    office docx "$work/$name.odt" && mv "$work/$name.docx" "$name.libreoffice.docx"
    office pdf "$work/$name.odt" && mv "$work/$name.pdf" "$name.libreoffice.pdf"
done
# What is printed shows tracked changes, so the PDF is made without them.
sed 's:<text\:tracked-changes>:<!--&:; s:</text\:tracked-changes>:&-->:; s:<text\:change[^>]*/>::g' sources/reviewed.fodt >"$work/clean.fodt"
mv "$work/clean.fodt" "$work/reviewed.fodt" && office pdf "$work/reviewed.fodt" && mv "$work/reviewed.pdf" reviewed.libreoffice.pdf
# A PDF that opens with the password "secret" only.
lock='{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"secret"}}'
pandoc sources/prose.md -f markdown-smart -s --metadata title=" " -t odt -o "$work/locked.odt"
office "pdf:writer_pdf_Export:$lock" "$work/locked.odt" && mv "$work/locked.pdf" hostile/locked.pdf
chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" --print-to-pdf=printed.chromium.pdf \
    "file://$PWD/sources/printed.html" >/dev/null 2>&1
pdflatex -interaction=batchmode -output-directory "$work" sources/two-columns.tex >/dev/null
mv "$work/two-columns.pdf" two-columns.latex.pdf
rm -r "$work"
