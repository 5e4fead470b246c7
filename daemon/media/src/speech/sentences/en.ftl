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
record-after-tone = Please leave a message after the tone. When you are done, hang up or press pound.
message-too-short = Your message was too short.
review-menu = To keep your message, press one. To listen to it, press two. To record it again, press three.
press-zero-for-operator = For the operator, press zero.
message-saved = Your message has been saved.
mailbox-full = This mailbox is full and cannot take a message.

enter-mailbox = Enter the mailbox, then press pound.
enter-pin = Enter your pin, then press pound.
wrong-pin = That pin is wrong.
mailbox-locked = There were too many wrong pins. Please try again in { $wait }.
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
message-from-unknown = Message { CARDINAL($number) }, from an unknown caller, { $at }.
message-from-number = Message { CARDINAL($number) }, from { $caller }, { $at }.
message-from-name = Message { CARDINAL($number) }, from { $name }, { $at }.
message-menu = To hear the message again, press one. To save it, press two. To delete it, press three. For the next message, press pound.
saved = Saved.
deleted = Deleted. To take it back, press the same key again.
restored = The message is back.
no-more-messages = There are no more messages.
no-earlier-messages = There are no earlier messages.
no-number-to-call = The number of this caller is not known.

main-menu = For new messages, press one. For saved messages, press two. For your greeting, press three. For your name, press four. To change your pin, press five. To end, press star.
greeting-menu = To record your greeting, press one. To listen to it, press two. To go back to the standard greeting, press three.
record-greeting = Record your greeting after the tone, then press pound.
record-name = Say your name after the tone, then press pound.
enter-new-pin = Enter your new pin, then press pound.
repeat-new-pin = Enter your new pin once more, then press pound.
pins-differ = The two pins are not the same.
pin-too-easy = That pin is too easy to guess. Please choose another.
pin-changed = Your pin has been changed.
invalid-key = That key has no function here.
not-possible-now = That is not possible now. Please try again later.
