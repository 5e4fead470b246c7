# What the box says in English. CARDINAL and ORDINAL spell a number; digits, names, times and lengths come spelled.

emergency-unreachable = Your emergency call to { $number } could not be connected. Get help another way: use a mobile phone, or go to your neighbors.
goodbye = Goodbye.
echo-intro = Echo test. Speak now, and you will hear yourself.
the-time-is = It is { $time }.
your-extension-is = Your extension is { $extension }.
address-is = The address of this box is { $address }.
version-is = It runs version { $version }.
phones-registered = { CARDINAL($registered) } of { CARDINAL($phones) } { $phones ->
    [one] phone is
   *[other] phones are
} registered.

default-greeting = { $name } cannot take your call now.
default-greeting-of = Extension { $extension } cannot take your call now.
default-greeting-after-name = is not available.
record-after-tone = Please leave a message after the tone. When you are done, hang up or press pound.
message-too-short = That recording was too short.
review-menu = To keep your recording, press one. To listen to it, press two. To record it again, press three.
press-zero-for-operator = For the operator, press zero.
message-saved = Your message has been saved.
keep-or-drop = To keep your message, press one. To delete it, press two.
message-dropped = Your message has been deleted.
limit-reached = The time for your recording is over.
mailbox-full = This mailbox is full and cannot take a message.
no-such-mailbox = That mailbox does not exist.
nothing-to-pick-up = There is no call to pick up.
parked-on = Parked on { $slot }.
no-slot-free = All parking slots are taken.
slot-empty = There is no call on this parking slot.
press-six-for-call-back = Press six to be called back.
completion-set = You will be called back when extension { $extension } is free.
no-call-to-complete = There is no call that could be completed.
too-many-completions = You are waiting for as many calls as possible already.
completions-cancelled = You will not be called back.
no-completions = You are not waiting for a call back.
no-anonymous-calls = Calls without a number are not accepted here. Please call again with your number shown.
connecting = Please hold. You are being connected.
operator-not-available = The operator is not available.

enter-mailbox = Enter the number of the mailbox, then press pound.
enter-pin = Enter your password, then press pound.
wrong-pin = That password is not correct.
mailbox-has-no-pin = There is no password for this mailbox yet.
mailbox-locked = The password was wrong too often. Please try again in { $wait }.
you-have-messages = You have { $new ->
    [0] no new messages
    [one] one new message
   *[other] { CARDINAL($new) } new messages
} and { $saved ->
    [0] no saved messages
    [one] one saved message
   *[other] { CARDINAL($saved) } saved messages
}.
no-messages = You have no messages.
no-new-messages = You have no new messages.
no-saved-messages = You have no saved messages.
mailbox-full-owner = Your mailbox is full, and callers cannot leave messages. Please delete some.
mailbox-almost-full = Your mailbox is almost full. Please delete some messages.
message-number = Message { CARDINAL($number) }.
message-at = Message { CARDINAL($number) }, { $at }.
message-of-unknown = Message { CARDINAL($number) }, number not known.
message-of-number = Message { CARDINAL($number) }, from { $caller }.
message-of-name = Message { CARDINAL($number) }, from { $name }.
message-from-unknown = Message { CARDINAL($number) }, number not known, { $at }.
message-from-number = Message { CARDINAL($number) }, from { $caller }, { $at }.
message-from-name = Message { CARDINAL($number) }, from { $name }, { $at }.
message-undated-from-unknown = Message { CARDINAL($number) }, number and time not known.
message-undated-from-number = Message { CARDINAL($number) }, from { $caller }, time not known.
message-undated-from-name = Message { CARDINAL($number) }, from { $name }, time not known.
message-is-cut-off = The end of this message is missing.
message-menu = To hear the message again, press one. To save it, press two. To delete it, press three. For the next message, press pound. For more choices, press zero.
message-help = To go back five seconds, press seven. To go forward, press nine. For the message before, press four. For the next, press six. For its time and number, press five. To call back, press eight. For the main menu, press star.
saved = Saved.
deleted = Deleted. To take it back, press the same key again.
restored = The message is back.
no-more-messages = There are no more messages.
no-earlier-messages = There are no earlier messages.
message-is-gone = This message has been deleted.
no-number-to-call = There is no number to call back.

main-menu = For new messages, press one. For saved messages, press two. For your greeting, press three. For your name, press four. To change your password, press five. To end, press star.
greeting-menu = To record your greeting, press one. To listen to it, press two. To go back to the standard greeting, press three. To return to the main menu, press star.
record-greeting = Record your greeting after the tone, then press pound.
greeting-saved = Your greeting has been saved.
greeting-restored = The standard greeting is back.
record-name = Say your name after the tone, then press pound.
name-saved = Your name has been saved.
enter-new-pin = Enter a new password of four to ten digits, then press pound.
repeat-new-pin = Enter the new password again, then press pound.
pins-differ = The two passwords are not the same.
pin-too-easy = That password is too short, or too easy to guess. Please choose another.
pin-changed = Your password has been changed.
invalid-key = That key has no function here.
too-many-tries = There were too many wrong entries.
not-possible-now = That is not possible now. Please try again later.

dnd-on = Do not disturb is on.
dnd-off = Do not disturb is off.
forward-always-on = All your calls go to { $number }.
forward-always-off = Your calls are no longer forwarded.
forward-busy-on = When you are busy, your calls go to { $number }.
forward-busy-off = When you are busy, your calls are no longer forwarded.
forward-unanswered-on = When you do not answer, your calls go to { $number }.
forward-unanswered-off = When you do not answer, your calls are no longer forwarded.
forward-offline-on = While your phone cannot be reached, your calls go to { $number }.
forward-offline-off = While your phone cannot be reached, your calls are no longer forwarded.
follow-me-on = Follow me is on.
follow-me-off = Follow me is off.
follow-me-empty = Nobody is on your follow me list.
secretaries-on = Your secretaries answer your calls.
secretaries-off = Your secretaries do not answer your calls any more.
secretaries-none = You have no secretaries.
secretary-for-on = You answer calls for { $number }.
secretary-for-off = You do not answer calls for { $number } any more.
not-a-secretary = You are no secretary of { $number }.
assistant-on = Your assistant is on.
assistant-off = Your assistant is off.
assistant-none = Record your assistant's message first.
record-assistant = Record your assistant's message after the tone: say what callers may press. Press hash when you have finished.
assistant-saved = Your assistant's message is saved.
holds-until = Your times will change this { $at }.
diversions-off = Do not disturb and all forwarding are off.
anonymous-rejected = Calls without a number are now rejected.
anonymous-taken = Calls without a number are now put through.
caller-blocked = Calls from { $number } are now blocked.
caller-unblocked = Calls from { $number } are no longer blocked.
caller-not-blocked = That number is not blocked.
caller-list-full = Your list of blocked numbers is full.
call-waiting-on = Call waiting is on.
call-waiting-off = Call waiting is off.
completion-offers-on = Calling back will be offered to you.
completion-offers-off = Calling back will not be offered to you any more.
enter-number = Enter the number, then press pound.
number-not-allowed = You may not use that number.
number-goes-round = Calls would come back to you from there.
no-such-number = That number does not exist.
enter-code = Enter your authorization code, then press pound.
wrong-code = That code is not correct.
codes-locked = The code was wrong too often. Please try again in { $wait }.
call-not-allowed = You may not make this call.
number-leads-here = The number { $number } leads to you.
no-number-leads-here = No number leads to you from outside.
number-shown = When you call outside, they see { $number }.
number-is-hidden = When you call outside, your number is hidden.
number-for-help = When you call for help, they see { $number }.
no-way-out = There is no trunk for calls to the outside.
place-is = Your place is { $name }.
enter-account = Enter the account code, then press pound.
enter-account-or-pound = Enter the account code, then press pound. To call without one, press pound.
wrong-account = There is no such account.
account-needed = This call needs an account code.
no-last-caller = Nobody has called whose number is known.
no-such-time-group = There is no such time group for you to change.
intercom-on = Intercom calls are now answered.
intercom-off = Intercom calls are now refused.
time-group-auto = Time group { $number } follows its times.
time-group-open = Time group { $number } is now open.
time-group-closed = Time group { $number } is now closed.
night-mode-on = Night mode { $number } is now on.
night-mode-off = Night mode { $number } is now off.
night-modes-on = All of your night modes are now on.
night-modes-off = All of your night modes are now off.
no-such-night-mode = There is no such night mode.
night-mode-not-allowed = You may not switch this night mode.

# Whoever answers and is asked whether they take the call (F33, F41).
call-from-name = A call from { $name }.
call-from-number = A call from { $number }.
call-from-unknown = A call without a number.
call-from = A call from:
press-one-to-take = To take it, press one. To refuse it, press two.
take-mailbox-or-block = To take it, press one. To let the caller leave a message, press two. To refuse it and block the number, press three.
say-your-name = Please say your name after the tone.
