import type { MailMessages } from './en.ts';

export const es: MailMessages = {
  'certificate_ending.title': 'El certificado de {connection} caduca en {days, plural, one {# día} other {# días}}',
  'certificate_ending.lead':
    'El certificado con el que {organization} firma sus inicios de sesión caduca el {date}. Si no se hace nada, nadie de {organization} podrá iniciar sesión después.',
  'certificate_ending.do': 'Cree un certificado nuevo en su proveedor de identidad y dénoslo junto al antiguo antes de cambiar.',
  'certificate_ending.metadata': 'Si leemos sus metadatos por su dirección, publique allí el certificado nuevo: se toma automáticamente.',
  'certificate_ending.next':
    'Se conoce otro certificado, válido hasta el {date}: si su proveedor de identidad firma con él para entonces, no queda nada por hacer.',
  'certificate_ended.title': 'El certificado de {connection} ha caducado',
  'certificate_ended.lead':
    'El certificado con el que {organization} firmaba sus inicios de sesión caducó el {date}. Los inicios de sesión firmados con él se rechazan.',
  'own_key_published.title': 'Nuestra clave para {connection} se va a renovar',
  'own_key_published.lead':
    'La clave con la que firmamos las solicitudes a {organization} se renueva. El próximo certificado ya está en nuestros metadatos; lo usamos a partir del {date}.',
  'own_key_ending.title': 'Nuestro certificado para {connection} caduca en {days, plural, one {# día} other {# días}}',
  'own_key_ending.lead': 'El certificado de nuestro lado para {organization} caduca el {date}.',
  'own_key.do': 'Si su proveedor de identidad lee nuestros metadatos por sí mismo, no hay que hacer nada.',
  'own_key.by_hand': 'Si no, dele de nuevo nuestros metadatos, o introduzca el certificado nuevo junto al antiguo, antes de ese día.',
  'scim_silent.title': '{organization} no ha enviado cambios de personas desde hace {days, plural, one {# día} other {# días}}',
  'scim_silent.lead':
    'El directorio que aprovisiona a las personas de {organization} enviaba cambios. La última solicitud llegó el {date}. Quien se marcha entretanto no se desactiva.',
  'scim_silent.do': 'Mire si el aprovisionamiento se puso en pausa en el directorio, o se detuvo tras fallos, y vuelva a iniciarlo.',
  'scim_silent.unwanted': 'Si el aprovisionamiento se terminó a propósito, elimine su token.',
  'sync_stopped.title': 'Se detuvo la lectura del directorio de {organization}',
  'sync_stopped.lead':
    'En el directorio detrás de {connection} faltan tantas personas que no se desactivó a nadie: parece un error en el directorio o en un filtro.',
  'sync_stopped.do': 'Compare el directorio, la base y el filtro con lo que espera, y deje que se lea de nuevo.',
  'setup_finished.title': '{organization} ha terminado su configuración',
  'setup_finished.lead': 'Alguien de {organization} siguió el enlace de configuración hasta el final.',
  'setup_finished.do': 'Mire la conexión y actívela si eso quedó en sus manos.',
  'event_hook_disabled.title': 'Se desactivó un hook de eventos',
  'event_hook_disabled.lead': 'El punto de acceso siguiente ya no se entera de lo que ocurre: {reason}.',
  'event_hook_disabled.do':
    'Elimine el hook, o arregle el punto de acceso y vuelva a activar el hook. Lo que se perdió puede reenviarse desde sus entregas.',
  'test.title': 'Una prueba del correo de {host}',
  'test.lead': 'Los avisos de {host} llegan a esta dirección.',
  'fact.organization': 'Organización',
  'fact.connection': 'Conexión',
  'fact.certificate': 'Certificado',
  'fact.sha256': 'SHA-256',
  'fact.ends': 'Válido hasta',
  'fact.metadata': 'Nuestros metadatos',
  'fact.token': 'Token',
  'fact.last_request': 'Última solicitud',
  'fact.endpoint': 'Punto de acceso',
  'fact.server': 'Servidor',
  'mail.to_do': 'Qué hacer',
  'mail.why_contact': 'Recibe esto como contacto de {organization} en {host}. Quien se ocupa allí del inicio de sesión puede cambiarlo.',
  'mail.why_operator': 'Recibe esto porque opera {host}.',
  'mail.no_answer': 'Este mensaje se envió automáticamente; las respuestas no se leen.',
};
