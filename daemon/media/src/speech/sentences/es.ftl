# Lo que dice la central en español. CARDINAL y ORDINAL deletrean números; cifras, nombres y horas llegan en palabras.

emergency-unreachable = No se pudo conectar su llamada de emergencia al { $number }. Pida ayuda de otra manera: con un teléfono móvil, o a sus vecinos.
goodbye = Adiós.
echo-intro = Prueba de eco. Hable ahora, y oirá su propia voz.
the-time-is = { $time-hour ->
    [1] Es
   *[other] Son
} { $time }.
your-extension-is = Su extensión es { $extension }.
address-is = La dirección de esta central es { $address }.
version-is = La versión es { $version }.
phones-registered = { $registered ->
    [one] Está registrado un teléfono
   *[other] Están registrados { CARDINAL($registered, form: "masculine") } teléfonos
} de { CARDINAL($phones) }.

default-greeting = { $name } no puede atender su llamada ahora.
default-greeting-of = La extensión { $extension } no puede atender su llamada ahora.
default-greeting-after-name = no está disponible en este momento.
record-after-tone = Deje un mensaje después del tono. Al terminar, cuelgue o pulse almohadilla.
message-too-short = La grabación fue demasiado corta.
review-menu = Para guardar su grabación, pulse uno. Para escucharla, pulse dos. Para grabarla de nuevo, pulse tres.
press-zero-for-operator = Para hablar con la operadora, pulse cero.
message-saved = Su mensaje ha sido guardado.
keep-or-drop = Para guardar su mensaje, pulse uno. Para borrarlo, pulse dos.
message-dropped = Su mensaje ha sido borrado.
limit-reached = El tiempo de grabación ha terminado.
mailbox-full = Este buzón está lleno y no admite mensajes.
no-such-mailbox = Ese buzón no existe.
nothing-to-pick-up = No hay ninguna llamada que capturar.
parked-on = Llamada aparcada en { $slot }.
no-slot-free = Todas las plazas de aparcamiento están ocupadas.
slot-empty = No hay ninguna llamada en esta plaza.
press-six-for-call-back = Para que le llamemos, pulse seis.
completion-set = Le llamaremos cuando la extensión { $extension } esté libre.
no-call-to-complete = No hay ninguna llamada que completar.
too-many-completions = Ya espera el máximo de llamadas.
completions-cancelled = Ya no le llamaremos.
no-completions = No espera ninguna llamada.
no-anonymous-calls = Aquí no se aceptan llamadas sin número. Llame de nuevo mostrando su número.
intercom-refused = Ese teléfono no acepta ahora avisos por altavoz.
connecting = Un momento, por favor. Le estamos conectando.
operator-not-available = La operadora no está disponible.

enter-mailbox = Marque el número del buzón y pulse almohadilla.
enter-pin = Marque su clave y pulse almohadilla.
wrong-pin = La clave no es correcta.
mailbox-has-no-pin = Este buzón todavía no tiene clave.
mailbox-locked = Hubo demasiadas claves incorrectas. Inténtelo de nuevo dentro de { $wait }.
you-have-messages = { $new ->
    [0] No tiene mensajes nuevos{ $saved ->
        [0] { "" } ni guardados
       *[other] , pero sí { saved-messages }
    }
    [one] Tiene un mensaje nuevo y { saved-messages }
   *[other] Tiene { CARDINAL($new, form: "masculine") } mensajes nuevos y { saved-messages }
}.
saved-messages = { $saved ->
    [0] ningún mensaje guardado
    [one] un mensaje guardado
   *[other] { CARDINAL($saved, form: "masculine") } mensajes guardados
}
no-messages = No tiene mensajes.
no-new-messages = No tiene mensajes nuevos.
no-saved-messages = No tiene mensajes guardados.
mailbox-full-owner = Su buzón está lleno y no se le pueden dejar mensajes. Borre algunos, por favor.
mailbox-almost-full = Su buzón está casi lleno. Borre algunos mensajes, por favor.
message-number = Mensaje { CARDINAL($number) }.
message-at = Mensaje { CARDINAL($number) }, { $at }.
message-of-unknown = Mensaje { CARDINAL($number) }, de un número desconocido.
message-of-number = Mensaje { CARDINAL($number) }, del { $caller }.
message-of-name = Mensaje { CARDINAL($number) }, de { $name }.
message-from-unknown = Mensaje { CARDINAL($number) }, de un número desconocido, { $at }.
message-from-number = Mensaje { CARDINAL($number) }, del { $caller }, { $at }.
message-from-name = Mensaje { CARDINAL($number) }, de { $name }, { $at }.
message-undated-from-unknown = Mensaje { CARDINAL($number) }, de un número desconocido, a una hora desconocida.
message-undated-from-number = Mensaje { CARDINAL($number) }, del { $caller }, a una hora desconocida.
message-undated-from-name = Mensaje { CARDINAL($number) }, de { $name }, a una hora desconocida.
message-is-cut-off = A este mensaje le falta el final.
message-menu = Para oír el mensaje otra vez, pulse uno. Para guardarlo, pulse dos. Para borrarlo, pulse tres. Para el mensaje siguiente, pulse almohadilla. Para más opciones, pulse cero.
message-help = Para retroceder cinco segundos, pulse siete. Para avanzar, pulse nueve. Para el mensaje anterior, pulse cuatro. Para el siguiente, pulse seis. Para oír la hora y quién llamó, pulse cinco. Para devolver la llamada, pulse ocho. Para el menú principal, pulse asterisco.
saved = Guardado.
deleted = Borrado. La misma tecla lo recupera.
restored = El mensaje está de vuelta.
no-more-messages = No hay más mensajes.
no-earlier-messages = No hay mensajes anteriores.
message-is-gone = Este mensaje ha sido borrado.
no-number-to-call = No se conoce el número de quien llamó.

main-menu = Para mensajes nuevos, pulse uno. Para mensajes guardados, pulse dos. Para su saludo, pulse tres. Para su nombre, pulse cuatro. Para cambiar su clave, pulse cinco. Para terminar, pulse asterisco.
greeting-menu = Para grabar su saludo, pulse uno. Para escucharlo, pulse dos. Para volver al saludo normal, pulse tres. Para volver al menú principal, pulse asterisco.
record-greeting = Grabe su saludo después del tono y pulse almohadilla.
greeting-saved = Su saludo ha sido guardado.
greeting-restored = Se oirá de nuevo el saludo normal.
record-name = Diga su nombre después del tono y pulse almohadilla.
name-saved = Su nombre ha sido guardado.
enter-new-pin = Marque una clave nueva de cuatro a diez cifras y pulse almohadilla.
repeat-new-pin = Marque su clave nueva otra vez y pulse almohadilla.
pins-differ = Las dos claves no son iguales.
pin-too-easy = Esa clave es demasiado corta o demasiado fácil. Elija otra.
pin-changed = Su clave ha sido cambiada.
invalid-key = Esa tecla no tiene función aquí.
too-many-tries = Hubo demasiados errores.
not-possible-now = No es posible ahora. Inténtelo más tarde.

dnd-on = No molestar está activado.
dnd-off = No molestar está desactivado.
forward-always-on = Todas sus llamadas van al { $number }.
forward-always-off = Sus llamadas ya no se desvían.
forward-busy-on = Cuando esté ocupado, sus llamadas van al { $number }.
forward-busy-off = Cuando esté ocupado, sus llamadas ya no se desvían.
forward-unanswered-on = Cuando no conteste, sus llamadas van al { $number }.
forward-unanswered-off = Cuando no conteste, sus llamadas ya no se desvían.
forward-offline-on = Cuando su teléfono no esté disponible, sus llamadas van al { $number }.
forward-offline-off = Cuando su teléfono no esté disponible, sus llamadas ya no se desvían.
follow-me-on = El seguimiento de llamadas está activado.
follow-me-off = El seguimiento de llamadas está desactivado.
follow-me-empty = Su lista de seguimiento de llamadas está vacía.
secretaries-on = Sus secretarias contestan sus llamadas.
secretaries-off = Sus secretarias ya no contestan sus llamadas.
secretaries-none = Usted no tiene secretaria.
secretary-for-on = Usted contesta las llamadas del { $number }.
secretary-for-off = Usted ya no contesta las llamadas del { $number }.
not-a-secretary = Usted no es secretaria del { $number }.
assistant-on = Su asistente está activado.
assistant-off = Su asistente está desactivado.
assistant-none = Grabe primero el mensaje de su asistente.
record-assistant = Grabe el mensaje de su asistente después del tono: diga qué pueden pulsar quienes llamen. Pulse almohadilla al terminar.
assistant-saved = El mensaje de su asistente está guardado.
holds-until = Su horario lo cambiará { $at }.
holds-until-switched = Esto vale hasta que se desactive.
diversions-off = No molestar y todos los desvíos están desactivados.
anonymous-rejected = Las llamadas sin número ahora se rechazan.
anonymous-taken = Las llamadas sin número ahora se aceptan.
caller-blocked = Las llamadas del { $number } ahora están bloqueadas.
caller-unblocked = Las llamadas del { $number } ya no están bloqueadas.
caller-not-blocked = Ese número no está bloqueado.
caller-list-full = Su lista de números bloqueados está llena.
call-waiting-on = La llamada en espera está activada.
call-waiting-off = La llamada en espera está desactivada.
completion-offers-on = Se le ofrecerá que le llamemos.
completion-offers-off = Ya no se le ofrecerá que le llamemos.
enter-number = Marque el número y pulse almohadilla.
transfer-to = Transferencia. Marque el número y pulse almohadilla.
number-not-allowed = No puede usar ese número.
number-goes-round = Desde allí las llamadas volverían a usted.
no-such-number = Ese número no existe.
enter-code = Marque su código de autorización y pulse almohadilla.
wrong-code = El código no es correcto.
codes-locked = Hubo demasiados códigos incorrectos. Inténtelo de nuevo dentro de { $wait }.
call-not-allowed = No puede hacer esta llamada.
number-leads-here = El número { $number } llega a usted.
no-number-leads-here = Ningún número de fuera llega a usted.
number-shown = Cuando llama fuera, se ve { $number }.
number-is-hidden = Cuando llama fuera, su número está oculto.
number-for-help = En una llamada de emergencia se ve { $number }.
no-way-out = No hay línea para llamadas al exterior.
place-is = Su lugar es { $name }.
enter-account = Marque el código de cuenta y pulse almohadilla.
enter-account-or-pound = Marque el código de cuenta y pulse almohadilla. Para llamar sin cuenta, pulse almohadilla.
wrong-account = Esa cuenta no existe.
account-needed = Esta llamada necesita un código de cuenta.
enter-caller = Marque el número que llama y pulse almohadilla. Sin número, pulse solo almohadilla.
enter-moment = Marque el mes, el día, la hora y el minuto, dos cifras cada uno, y pulse almohadilla. Para ahora, pulse solo almohadilla.
no-such-moment = Ningún reloj muestra eso.
foretold = Una llamada de { $number } a { $to } { $at }:
foretold-anonymous = Una llamada sin número a { $to } { $at }:
foretold-not-yours = Solo puede preguntar por su propio número.
foretold-beyond = Después sigue como quiere { $extension }.
foretold-rings = Suena { $number }.
foretold-outside = La llamada sale a { $number }.
foretold-mailbox = El buzón de { $extension } toma un mensaje.
foretold-assistant = Contesta el asistente de { $extension }.
foretold-refused = Se rechaza a quien llama.
foretold-box = Contesta la propia centralita.
foretold-unanswered = Si nadie contesta:
foretold-offline = No se puede localizar ningún teléfono allí, por eso:
foretold-then = Después:
foretold-help = Puede ser una llamada de vuelta de emergencias.
foretold-no-way-in = No hay ninguna línea activada, así que nadie llama desde fuera.
foretold-screened = A { $extension } se le pregunta si acepta la llamada.
foretold-name = A quien llama se le pregunta su nombre.
foretold-night = El modo nocturno { $name } está activado.
foretold-rule = Para { $extension } vale la regla { $name }.
foretold-dnd = { $extension } no quiere que le molesten.
foretold-forwards = { $extension } desvía la llamada.
foretold-secretaries = Por { $extension } contesta su secretaría.
foretold-follow-me = El seguimiento de llamadas está activado para { $extension }.
foretold-round = Los desvíos vuelven a donde empezaron.
foretold-blocked = Quien llama está bloqueado.
foretold-allowed = A quien llama se le deja pasar.
foretold-no-number = No se aceptan llamadas sin número.
nobody-called = No ha llamado nadie.
last-call-from = La última llamada fue del { $number }, { $at }.
last-call-undated-from = La última llamada fue del { $number }, hora desconocida.
last-call-from-unknown = La última llamada no mostró número, { $at }.
last-call-undated-from-unknown = La última llamada no mostró número, hora desconocida.
press-one-to-call-back = Para devolver la llamada, pulse uno.
no-last-caller = No ha llamado nadie cuyo número se conozca.
no-such-time-group = Ese grupo horario no existe o usted no puede cambiarlo.
intercom-on = Las llamadas de intercomunicador ahora se contestan.
intercom-off = Las llamadas de intercomunicador ahora se rechazan.
time-group-auto = El grupo horario { $number } sigue su horario.
time-group-open = El grupo horario { $number } está ahora abierto.
time-group-closed = El grupo horario { $number } está ahora cerrado.
night-mode-on = El modo noche { $number } está ahora activado.
night-mode-off = El modo noche { $number } está ahora desactivado.
night-modes-on = Todos sus modos noche están ahora activados.
night-modes-off = Todos sus modos noche están ahora desactivados.
no-such-night-mode = Ese modo noche no existe.
night-mode-not-allowed = Usted no puede cambiar este modo noche.

# Whoever answers and is asked whether they take the call (F33, F41).
call-from-name = Una llamada de { $name }.
call-from-number = Una llamada del { $number }.
call-from-unknown = Una llamada sin número.
call-from = Una llamada de:
press-one-to-take = Para aceptarla, pulse uno. Para rechazarla, pulse dos.
take-mailbox-or-block = Para aceptarla, pulse uno. Para que deje un mensaje, pulse dos. Para rechazarla y bloquear el número, pulse tres.
say-your-name = Diga su nombre después del tono, por favor.
