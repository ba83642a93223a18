"""Pure text work: what a customer or a vendor wrote becomes text that is safe and cheap to show.

The way of a message body::

    raw HTML -> characters.repair -> limits.refusal -> markup.scan (what is a tag) -> line_breaks, nesting
                                            |          -> cleaner.clean (nh3, allow-list) -> styles.apply -> blank_lines.settle
                                            |                                                   |
                                            +-> plain text with a notice                        +-> tables.arrange, layout.lay_out -> SafeHtml
                                                                                              +-> readable.read -> text

`parsing.parse` is all between repairing and the two ends. `sanitize` is the only maker of `SafeHtml` from foreign HTML and
`plain.plain_to_html` the only one from plain text; every other function here takes and returns `SafeHtml` that one of them made. Neither SVG, MathML, CSS, forms nor ids survive, because every
bypass of a known mail sanitiser since 2020 used one of them. `title` does not survive either: Qt shows it as a tooltip, a
tooltip is rich text, and rich text loads local files.

`cost` knows what Qt's layout would cost and bounds it before Qt sees a body: without tables first, then as plain text.

`pictures` numbers every image, `web_addresses` finds addresses in a text, `addresses` reads lists of mail addresses, `links` decides
what may be clicked and, with `shown_address`, what is asked first, `ticket_link` reads and writes `deskhand:` links, `pasted_link` reads vendors' own, `names` what a
file may be called and whether it opens, `quotes` which part is history and which the signature, and `plain` also compares a sent
text with what a vendor made of it.

`typed_time` reads a time that somebody types: `time_words` is its table of words in three languages, `time_parser` and `time_spec`
put them together, and `local_zone` is this computer's own time zone.

No Qt, no files, no network; nothing here raises on any input.
"""
