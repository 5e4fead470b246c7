# Was das Haus auf Deutsch sagt. CARDINAL und ORDINAL buchstabieren Zahlen; Ziffern, Namen und Zeiten kommen fertig.

emergency-unreachable = Ihr Notruf an { $number } konnte nicht verbunden werden. Holen Sie auf anderem Weg Hilfe: mit einem Handy, oder bei den Nachbarn.
goodbye = Auf Wiederhören.
echo-intro = Echotest. Sprechen Sie jetzt, und Sie hören sich selbst.
the-time-is = Es ist { $time }.
your-extension-is = Ihre Nebenstelle ist { $extension }.
address-is = Die Adresse dieser Anlage ist { $address }.
version-is = Es läuft die Version { $version }.
phones-registered = { CARDINAL($registered) } von { $phones ->
    [one] einem Telefon ist
   *[other] { CARDINAL($phones) } Telefonen sind
} angemeldet.

default-greeting = { $name } kann Ihren Anruf jetzt nicht annehmen.
default-greeting-of = Die Nebenstelle { $extension } kann Ihren Anruf jetzt nicht annehmen.
default-greeting-after-name = ist zurzeit nicht erreichbar.
record-after-tone = Bitte sprechen Sie nach dem Ton. Legen Sie danach auf, oder drücken Sie die Rautetaste.
message-too-short = Die Aufnahme war zu kurz.
review-menu = Um Ihre Aufnahme zu behalten, drücken Sie eins. Um sie anzuhören, zwei. Um sie neu aufzunehmen, drei.
press-zero-for-operator = Um mit der Zentrale zu sprechen, drücken Sie null.
message-saved = Ihre Nachricht ist gespeichert.
keep-or-drop = Um Ihre Nachricht zu behalten, drücken Sie eins. Um sie zu löschen, zwei.
message-dropped = Ihre Nachricht ist gelöscht.
limit-reached = Die Zeit für Ihre Aufnahme ist zu Ende.
mailbox-full = Dieser Anrufbeantworter ist voll und nimmt keine Nachricht mehr an.
no-such-mailbox = Diesen Anrufbeantworter gibt es nicht.
nothing-to-pick-up = Es gibt keinen Anruf zum Übernehmen.
parked-on = Geparkt auf Platz { $slot }.
no-slot-free = Alle Parkplätze sind belegt.
slot-empty = Auf diesem Parkplatz ist kein Anruf.
press-six-for-call-back = Für einen Rückruf drücken Sie die Sechs.
completion-set = Sie werden zurückgerufen, sobald die Nebenstelle { $extension } frei ist.
no-call-to-complete = Es gibt keinen vergeblichen Anruf.
too-many-completions = Sie warten schon auf so viele Rückrufe wie möglich.
completions-cancelled = Sie werden nicht mehr zurückgerufen.
no-completions = Sie warten auf keinen Rückruf.
no-anonymous-calls = Hier werden keine Anrufe ohne Rufnummer angenommen. Bitte rufen Sie mit angezeigter Nummer noch einmal an.
connecting = Einen Moment bitte. Sie werden verbunden.
operator-not-available = Die Zentrale ist nicht erreichbar.

enter-mailbox = Wählen Sie die Nummer des Anrufbeantworters, dann die Rautetaste.
enter-pin = Geben Sie Ihre Geheimzahl ein, dann die Rautetaste.
wrong-pin = Die Geheimzahl ist falsch.
mailbox-has-no-pin = Dieser Anrufbeantworter hat noch keine Geheimzahl.
mailbox-locked = Es gab zu viele falsche Geheimzahlen. Warten Sie bitte { $wait }, und versuchen Sie es dann wieder.
you-have-messages = Sie haben { $new ->
    [0] keine neue Nachricht
    [one] eine neue Nachricht
   *[other] { CARDINAL($new, form: "feminine") } neue Nachrichten
} und { $saved ->
    [0] keine gespeicherte Nachricht
    [one] eine gespeicherte Nachricht
   *[other] { CARDINAL($saved, form: "feminine") } gespeicherte Nachrichten
}.
no-messages = Sie haben keine Nachrichten.
no-new-messages = Sie haben keine neuen Nachrichten.
no-saved-messages = Sie haben keine gespeicherten Nachrichten.
mailbox-full-owner = Ihr Anrufbeantworter ist voll, und Anrufer können keine Nachricht hinterlassen. Bitte löschen Sie Nachrichten.
mailbox-almost-full = Ihr Anrufbeantworter ist fast voll. Bitte löschen Sie Nachrichten.
message-number = Nachricht { CARDINAL($number) }.
message-at = Nachricht { CARDINAL($number) }, { $at }.
message-of-unknown = Nachricht { CARDINAL($number) }, von unbekannt.
message-of-number = Nachricht { CARDINAL($number) }, von { $caller }.
message-of-name = Nachricht { CARDINAL($number) }, von { $name }.
message-from-unknown = Nachricht { CARDINAL($number) }, von unbekannt, { $at }.
message-from-number = Nachricht { CARDINAL($number) }, von { $caller }, { $at }.
message-from-name = Nachricht { CARDINAL($number) }, von { $name }, { $at }.
message-undated-from-unknown = Nachricht { CARDINAL($number) }, von unbekannt, zu unbekannter Zeit.
message-undated-from-number = Nachricht { CARDINAL($number) }, von { $caller }, zu unbekannter Zeit.
message-undated-from-name = Nachricht { CARDINAL($number) }, von { $name }, zu unbekannter Zeit.
message-is-cut-off = Das Ende dieser Nachricht fehlt.
message-menu = Um die Nachricht noch einmal zu hören, drücken Sie eins. Zum Speichern zwei. Zum Löschen drei. Für die nächste Nachricht die Rautetaste. Für weitere Tasten null.
message-help = Fünf Sekunden zurück mit sieben, fünf Sekunden vor mit neun. Zur vorigen Nachricht mit vier, zur nächsten mit sechs. Zeit und Anrufer mit fünf. Rückruf mit acht. Zurück zum Hauptmenü mit der Sterntaste.
saved = Gespeichert.
deleted = Gelöscht. Mit der gleichen Taste holen Sie die Nachricht zurück.
restored = Die Nachricht ist wieder da.
no-more-messages = Es gibt keine weiteren Nachrichten.
no-earlier-messages = Es gibt keine früheren Nachrichten.
message-is-gone = Diese Nachricht wurde gelöscht.
no-number-to-call = Die Nummer dieses Anrufers ist nicht bekannt.

main-menu = Für neue Nachrichten drücken Sie eins. Für gespeicherte zwei. Für Ihre Begrüßung drei. Für Ihren Namen vier. Für eine neue Geheimzahl fünf. Zum Beenden die Sterntaste.
greeting-menu = Um Ihre Begrüßung aufzunehmen, drücken Sie eins. Um sie anzuhören, zwei. Für die übliche Begrüßung drei. Für das Hauptmenü die Sterntaste.
record-greeting = Sprechen Sie Ihre Begrüßung nach dem Ton, und drücken Sie dann die Rautetaste.
greeting-saved = Ihre Begrüßung ist gespeichert.
greeting-restored = Die übliche Begrüßung ist wieder da.
record-name = Sprechen Sie Ihren Namen nach dem Ton, und drücken Sie dann die Rautetaste.
name-saved = Ihr Name ist gespeichert.
enter-new-pin = Geben Sie eine neue Geheimzahl mit vier bis zehn Ziffern ein, dann die Rautetaste.
repeat-new-pin = Geben Sie die neue Geheimzahl noch einmal ein, dann die Rautetaste.
pins-differ = Die beiden Geheimzahlen sind nicht gleich.
pin-too-easy = Diese Geheimzahl ist zu kurz, oder zu leicht zu erraten. Bitte wählen Sie eine andere.
pin-changed = Ihre Geheimzahl ist geändert.
invalid-key = Diese Taste hat hier keine Bedeutung.
too-many-tries = Es gab zu viele falsche Eingaben.
not-possible-now = Das geht jetzt nicht. Bitte versuchen Sie es später wieder.

dnd-on = Nicht stören ist eingeschaltet.
dnd-off = Nicht stören ist ausgeschaltet.
forward-always-on = Alle Ihre Anrufe gehen an { $number }.
forward-always-off = Ihre Anrufe werden nicht mehr umgeleitet.
forward-busy-on = Ist bei Ihnen besetzt, gehen Ihre Anrufe an { $number }.
forward-busy-off = Ist bei Ihnen besetzt, werden Ihre Anrufe nicht mehr umgeleitet.
forward-unanswered-on = Nehmen Sie nicht ab, gehen Ihre Anrufe an { $number }.
forward-unanswered-off = Nehmen Sie nicht ab, werden Ihre Anrufe nicht mehr umgeleitet.
forward-offline-on = Ist Ihr Telefon nicht erreichbar, gehen Ihre Anrufe an { $number }.
forward-offline-off = Ist Ihr Telefon nicht erreichbar, werden Ihre Anrufe nicht mehr umgeleitet.
follow-me-on = Die Rufverfolgung ist eingeschaltet.
follow-me-off = Die Rufverfolgung ist ausgeschaltet.
follow-me-empty = Auf Ihrer Liste für die Rufverfolgung steht niemand.
secretaries-on = Ihre Sekretariate nehmen Ihre Anrufe an.
secretaries-off = Ihre Sekretariate nehmen Ihre Anrufe nicht mehr an.
secretaries-none = Sie haben kein Sekretariat.
secretary-for-on = Sie nehmen Anrufe für { $number } an.
secretary-for-off = Sie nehmen keine Anrufe für { $number } mehr an.
not-a-secretary = Sie sind kein Sekretariat von { $number }.
assistant-on = Ihr Assistent ist eingeschaltet.
assistant-off = Ihr Assistent ist ausgeschaltet.
assistant-none = Nehmen Sie zuerst die Ansage Ihres Assistenten auf.
record-assistant = Sprechen Sie die Ansage Ihres Assistenten nach dem Ton: Sagen Sie, was Anrufer drücken können. Drücken Sie am Ende Raute.
assistant-saved = Die Ansage Ihres Assistenten ist gespeichert.
holds-until = Nach Ihren Zeiten ändert sich das { $at }.
diversions-off = Nicht stören und alle Umleitungen sind ausgeschaltet.
anonymous-rejected = Anrufe ohne Rufnummer werden jetzt abgewiesen.
anonymous-taken = Anrufe ohne Rufnummer werden jetzt durchgestellt.
caller-blocked = Anrufe von { $number } sind jetzt gesperrt.
caller-unblocked = Anrufe von { $number } sind nicht mehr gesperrt.
caller-not-blocked = Diese Nummer ist nicht gesperrt.
caller-list-full = Ihre Liste gesperrter Nummern ist voll.
call-waiting-on = Anklopfen ist eingeschaltet.
call-waiting-off = Anklopfen ist ausgeschaltet.
completion-offers-on = Rückrufe werden Ihnen angeboten.
completion-offers-off = Rückrufe werden Ihnen nicht mehr angeboten.
enter-number = Wählen Sie die Nummer, dann die Rautetaste.
number-not-allowed = Diese Nummer dürfen Sie nicht verwenden.
number-goes-round = Die Anrufe kämen von dort zu Ihnen zurück.
no-such-number = Diese Nummer gibt es nicht.
enter-code = Geben Sie Ihren Berechtigungscode ein, dann die Rautetaste.
wrong-code = Der Code ist falsch.
codes-locked = Es gab zu viele falsche Codes. Warten Sie bitte { $wait }, und versuchen Sie es dann wieder.
call-not-allowed = Diesen Anruf dürfen Sie nicht führen.
number-leads-here = Die Rufnummer { $number } führt zu Ihnen.
no-number-leads-here = Es führt von außen keine Rufnummer zu Ihnen.
number-shown = Wenn Sie nach draußen anrufen, sieht man { $number }.
number-is-hidden = Wenn Sie nach draußen anrufen, ist Ihre Rufnummer unterdrückt.
number-for-help = Bei einem Notruf sieht man { $number }.
no-way-out = Es gibt keine Leitung für Anrufe nach draußen.
place-is = Ihr Standort ist { $name }.
enter-account = Geben Sie die Kostenstelle ein, dann die Rautetaste.
enter-account-or-pound = Geben Sie die Kostenstelle ein, dann die Rautetaste. Ohne Kostenstelle drücken Sie nur die Rautetaste.
wrong-account = Diese Kostenstelle gibt es nicht.
account-needed = Für diesen Anruf brauchen Sie eine Kostenstelle.
no-last-caller = Es hat niemand angerufen, dessen Nummer bekannt ist.
no-such-time-group = Diese Zeitgruppe gibt es nicht, oder Sie dürfen sie nicht ändern.
intercom-on = Durchsagen werden jetzt angenommen.
intercom-off = Durchsagen werden jetzt abgelehnt.
time-group-auto = Zeitgruppe { $number } folgt ihren Zeiten.
time-group-open = Zeitgruppe { $number } ist jetzt geöffnet.
time-group-closed = Zeitgruppe { $number } ist jetzt geschlossen.
night-mode-on = Nachtschaltung { $number } ist jetzt eingeschaltet.
night-mode-off = Nachtschaltung { $number } ist jetzt ausgeschaltet.
night-modes-on = Alle Ihre Nachtschaltungen sind jetzt eingeschaltet.
night-modes-off = Alle Ihre Nachtschaltungen sind jetzt ausgeschaltet.
no-such-night-mode = Diese Nachtschaltung gibt es nicht.
night-mode-not-allowed = Sie dürfen diese Nachtschaltung nicht umschalten.

# Whoever answers and is asked whether they take the call (F33, F41).
call-from-name = Ein Anruf von { $name }.
call-from-number = Ein Anruf von { $number }.
call-from-unknown = Ein Anruf ohne Rufnummer.
call-from = Ein Anruf von:
press-one-to-take = Zum Annehmen drücken Sie eins, zum Ablehnen zwei.
take-mailbox-or-block = Zum Annehmen drücken Sie eins. Soll der Anrufer eine Nachricht hinterlassen, zwei. Zum Ablehnen und Sperren der Rufnummer drei.
say-your-name = Bitte sagen Sie nach dem Ton Ihren Namen.
