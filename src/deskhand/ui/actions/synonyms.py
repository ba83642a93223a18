"""Other words for actions, in English, Dutch and German: what people call the same thing, and what their vendors call it."""

from collections.abc import Mapping

VIEW_SYNONYMS = (
    "view",
    "queue",
    "list",
    "folder",
    "weergave",
    "lijst",
    "wachtrij",
    "ansicht",
    "liste",
    "warteschlange",
)
"""What finds a view of one's own beside its name."""

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    # What changes a ticket.
    "close": (
        *("close", "done", "finish", "solve", "resolve", "complete"),
        *("afsluiten", "sluiten", "klaar", "afronden", "oplossen"),
        *("schließen", "abschließen", "erledigt", "lösen", "fertig"),
    ),
    "macro": ("macro", "automate", "routine", "makro", "automatiseren"),
    "reply all": ("reply to all", "mass reply", "bulk reply", "allen antwoorden", "allen antworten"),
    "reopen": ("reopen", "open again", "heropenen", "openen", "wieder öffnen", "öffnen"),
    "pending": ("pending", "wait", "hold", "wachten", "in de wacht", "warten", "wartend"),
    "state": ("status", "stage", "toestand", "fase", "zustand", "stand"),
    "priority": ("priority", "urgency", "urgent", "prioriteit", "spoed", "priorität", "dringend", "eilt"),
    "assign": ("assign", "give", "hand over", "delegate", "toewijzen", "overdragen", "zuweisen", "übergeben"),
    "assign me": ("take", "claim", "mine", "oppakken", "aan mij", "übernehmen", "mir zuweisen"),
    "tags": ("tag", "label", "labels", "etiket", "trefwoord", "schlagwort", "kennzeichen"),
    "unread": ("unread", "new", "ongelezen", "ungelesen"),
    # What is written.
    "reply": ("reply", "answer", "respond", "antwoord", "antwoorden", "beantwoorden", "antworten", "beantworten"),
    "attach": ("upload", "add file", "bijlage", "bestand", "anhang", "datei"),
    "canned reply": ("template", "snippet", "saved reply", "sjabloon", "standaardantwoord", "textbaustein", "vorlage"),
    "note": ("note", "comment", "internal", "notitie", "aantekening", "notiz", "vermerk", "kommentar"),
    "new": ("create", "compose", "nieuw", "aanmaken", "neu", "anlegen", "erstellen"),
    # What is looked for and copied.
    "search": ("search", "look for", "zoeken", "suchen"),
    "find": ("find", "vinden", "finden"),
    "copy number": ("copy", "reference", "kopiëren", "nummer", "kopieren"),
    "copy deskhand link": ("share", "url", "delen", "koppeling", "teilen", "verweis"),
    "quotes": ("quote", "history", "citaat", "zitat"),
    # Where one goes.
    "mine": ("my", "mijn", "meine"),
    "unassigned": ("nobody", "free", "niemand", "vrij", "frei", "offen"),
    "waiting for us": ("queue", "unanswered", "wachtrij", "onbeantwoord", "warteschlange", "unbeantwortet"),
    "waiting": ("customer", "klant", "wachten", "kunde", "warten"),
    "snoozed": ("snooze", "later", "sleep", "uitstellen", "sluimeren", "zurückstellen", "wiedervorlage"),
    "drafts": ("draft", "concept", "concepten", "entwurf", "entwürfe"),
    "outbox": ("send", "sending", "uitgaand", "verzenden", "postausgang", "senden"),
    "all": ("everything", "alles", "alle"),
    "open in tab": ("tabblad", "reiter"),
    "open in window": ("separate", "pop out", "venster", "fenster"),
    "filter": ("refine", "narrow", "conditions", "filteren", "voorwaarden", "eingrenzen", "bedingungen"),
    "customer": ("person", "contact", "klant", "kunde", "kontakt"),
    "macros": ("automation", "makro", "automatisering", "automatisierung"),
    "save view": ("keep", "queue", "filter", "bewaren", "weergave", "speichern", "ansicht", "lesezeichen"),
    "new view": ("create", "queue", "nieuw", "weergave", "neu", "ansicht"),
    "edit view": ("change", "rename", "bewerken", "hernoemen", "bearbeiten", "umbenennen"),
    "go to view": VIEW_SYNONYMS,
    "account open": ("active", "openstaand", "offen"),
    "account closed": ("done", "solved", "archive", "gesloten", "afgehandeld", "geschlossen", "erledigt"),
    "account all": ("everything", "alles", "alle"),
    "export views": ("save", "file", "bestand", "datei", "ausgeben"),
    "import views": ("load", "file", "bestand", "datei", "einlesen"),
    "back": ("previous", "terug", "vorige", "zurück"),
    # What concerns the program.
    "link ticket": ("connect", "relate", "koppelen", "verbinden", "verknüpfen"),
    "merge": ("join", "samenvoegen", "zusammenführen"),
    "duplicate": ("double", "dubbel", "duplikat", "doppelt"),
    "undo": ("undo", "revert", "take back", "ongedaan maken", "terugdraaien", "rückgängig", "zurücknehmen"),
    "redo": ("redo", "do again", "repeat", "opnieuw", "herhalen", "wiederherstellen", "wiederholen"),
    "sync": ("refresh", "reload", "update", "verversen", "bijwerken", "aktualisieren", "abgleichen"),
    "health": (
        *("health", "status", "problem", "error", "why", "does not sync", "connection"),
        *("storing", "fout", "werkt niet", "verbinding", "störung", "fehler", "zustand", "verbindung"),
    ),
    "notifications": ("alerts", "sound", "meldingen", "geluid", "benachrichtigungen", "ton"),
    "test notification": ("alert", "no notification", "melding", "geen melding", "benachrichtigung"),
    "pause notifications": ("mute", "do not disturb", "silence", "niet storen", "stil", "nicht stören", "stumm"),
    "sidebar": ("collapse", "rail", "zijbalk", "inklappen", "seitenleiste", "einklappen"),
    "add account": ("connect", "login", "sign in", "toevoegen", "koppelen", "hinzufügen", "anmelden"),
    "settings": ("preferences", "options", "configure", "instellingen", "voorkeuren", "einstellungen", "optionen"),
    "keys": ("shortcuts", "keyboard", "help", "sneltoetsen", "toetsen", "tastenkürzel", "tasten", "hilfe"),
    "light": ("bright", "licht", "hell"),
    "dark": ("night", "black", "donker", "dunkel", "nacht"),
    "quit": ("exit", "stop", "afsluiten", "stoppen", "beenden", "verlassen"),
}
"""By the action's id. The palette finds an action by these, and says the others once one was typed."""
