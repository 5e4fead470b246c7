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
record-after-tone = Deje un mensaje después del tono. Al terminar, cuelgue o pulse almohadilla.
message-too-short = Su mensaje fue demasiado corto.
review-menu = Para guardar su mensaje, pulse uno. Para escucharlo, pulse dos. Para grabarlo de nuevo, pulse tres.
press-zero-for-operator = Para hablar con la operadora, pulse cero.
message-saved = Su mensaje ha sido guardado.
mailbox-full = Este buzón está lleno y no admite mensajes.

enter-mailbox = Marque el número del buzón y pulse almohadilla.
enter-pin = Marque su clave y pulse almohadilla.
wrong-pin = La clave no es correcta.
mailbox-locked = Hubo demasiadas claves incorrectas. Inténtelo de nuevo dentro de { $wait }.
you-have-messages = Tiene { $new ->
    [0] ningún mensaje nuevo
    [one] un mensaje nuevo
   *[other] { CARDINAL($new, form: "masculine") } mensajes nuevos
} y { $saved ->
    [0] ningún mensaje guardado
    [one] un mensaje guardado
   *[other] { CARDINAL($saved, form: "masculine") } mensajes guardados
}.
no-messages = No tiene mensajes.
message-from-unknown = Mensaje { CARDINAL($number) }, de un número desconocido, { $at }.
message-from-number = Mensaje { CARDINAL($number) }, del { $caller }, { $at }.
message-from-name = Mensaje { CARDINAL($number) }, de { $name }, { $at }.
message-menu = Para oír el mensaje otra vez, pulse uno. Para guardarlo, pulse dos. Para borrarlo, pulse tres. Para el mensaje siguiente, pulse almohadilla.
saved = Guardado.
deleted = Borrado. La misma tecla lo recupera.
restored = El mensaje está de vuelta.
no-more-messages = No hay más mensajes.
no-earlier-messages = No hay mensajes anteriores.
no-number-to-call = No se conoce el número de quien llamó.

main-menu = Para mensajes nuevos, pulse uno. Para mensajes guardados, pulse dos. Para su saludo, pulse tres. Para su nombre, pulse cuatro. Para cambiar su clave, pulse cinco. Para terminar, pulse asterisco.
greeting-menu = Para grabar su saludo, pulse uno. Para escucharlo, pulse dos. Para volver al saludo normal, pulse tres.
record-greeting = Grabe su saludo después del tono y pulse almohadilla.
record-name = Diga su nombre después del tono y pulse almohadilla.
enter-new-pin = Marque su clave nueva y pulse almohadilla.
repeat-new-pin = Marque su clave nueva otra vez y pulse almohadilla.
pins-differ = Las dos claves no son iguales.
pin-too-easy = Esa clave es demasiado fácil. Elija otra.
pin-changed = Su clave ha sido cambiada.
invalid-key = Esa tecla no tiene función aquí.
not-possible-now = No es posible ahora. Inténtelo más tarde.
