import type { MailMessages } from './en.ts';

export const ar: MailMessages = {
  'certificate_ending.title':
    'تنتهي شهادة {connection} خلال {days, plural, zero {# يوم} one {يوم واحد} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}',
  'certificate_ending.lead':
    'تنتهي الشهادة التي توقّع بها {organization} عمليات تسجيل الدخول في {date}. إذا لم يُتخذ إجراء فلن يتمكن أحد من {organization} من تسجيل الدخول بعد ذلك.',
  'certificate_ending.do': 'أنشئوا شهادة جديدة لدى موفّر الهوية وأعطونا إياها إلى جانب القديمة قبل التبديل.',
  'certificate_ending.metadata': 'إذا كنا نقرأ بياناتكم الوصفية من عنوانها فانشروا الشهادة الجديدة هناك: تُؤخذ تلقائيًا.',
  'certificate_ending.next': 'هناك شهادة أخرى معروفة صالحة حتى {date}: إذا وقّع موفّر الهوية بها قبل ذلك فلا يبقى شيء للقيام به.',
  'certificate_ended.title': 'انتهت شهادة {connection}',
  'certificate_ended.lead': 'انتهت الشهادة التي كانت {organization} توقّع بها عمليات تسجيل الدخول في {date}. تُرفض العمليات الموقّعة بها.',
  'own_key_published.title': 'سيُجدَّد مفتاحنا الخاص بـ {connection} قريبًا',
  'own_key_published.lead':
    'يُجدَّد المفتاح الذي نوقّع به الطلبات إلى {organization}. الشهادة التالية موجودة الآن في بياناتنا الوصفية، ونستخدمها ابتداءً من {date}.',
  'own_key_ending.title':
    'تنتهي شهادتنا الخاصة بـ {connection} خلال {days, plural, zero {# يوم} one {يوم واحد} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}',
  'own_key_ending.lead': 'تنتهي شهادة طرفنا الخاصة بـ {organization} في {date}.',
  'own_key.do': 'إذا كان موفّر الهوية يقرأ بياناتنا الوصفية بنفسه فلا حاجة إلى أي إجراء.',
  'own_key.by_hand': 'وإلا فأعطوه بياناتنا الوصفية من جديد، أو أدخلوا الشهادة الجديدة إلى جانب القديمة، قبل ذلك اليوم.',
  'scim_silent.title':
    'لم ترسل {organization} أي تغييرات على الأشخاص منذ {days, plural, zero {# يوم} one {يوم واحد} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}',
  'scim_silent.lead':
    'كان الدليل الذي يزوّدنا بأشخاص {organization} يرسل التغييرات. وصل آخر طلب في {date}. من يغادر في هذه الأثناء لا يُعطَّل حسابه.',
  'scim_silent.do': 'تحققوا مما إذا كان التزويد قد أُوقف مؤقتًا في الدليل أو توقف بعد أخطاء، ثم شغّلوه من جديد.',
  'scim_silent.unwanted': 'إذا أُنهي التزويد عن قصد فاحذفوا رمزه.',
  'sync_stopped.title': 'أُوقفت قراءة دليل {organization}',
  'sync_stopped.lead': 'ينقص الدليل خلف {connection} عدد كبير من الأشخاص بحيث لم يُعطَّل أحد: يبدو هذا خطأً في الدليل أو في عامل تصفية.',
  'sync_stopped.do': 'قارنوا الدليل والأساس وعامل التصفية بما تتوقعونه، ثم اسمحوا بقراءته من جديد.',
  'setup_finished.title': 'أنهت {organization} الإعداد',
  'setup_finished.lead': 'تابع شخص من {organization} رابط الإعداد حتى نهايته.',
  'setup_finished.do': 'انظروا إلى الاتصال وفعّلوه إذا تُرك ذلك لكم.',
  'event_hook_disabled.title': 'عُطّل خطاف أحداث',
  'event_hook_disabled.lead': 'لم تعد نقطة النهاية أدناه تُبلَّغ بما يحدث: {reason}.',
  'event_hook_disabled.do': 'احذفوا الخطاف، أو أصلحوا نقطة النهاية وشغّلوا الخطاف من جديد. يمكن إعادة إرسال ما فات من قائمة عمليات التسليم.',
  'test.title': 'اختبار البريد من {host}',
  'test.lead': 'تصل إشعارات {host} إلى هذا العنوان.',
  'fact.organization': 'المؤسسة',
  'fact.connection': 'الاتصال',
  'fact.certificate': 'الشهادة',
  'fact.sha256': 'SHA-256',
  'fact.ends': 'صالحة حتى',
  'fact.metadata': 'بياناتنا الوصفية',
  'fact.token': 'الرمز',
  'fact.last_request': 'آخر طلب',
  'fact.endpoint': 'نقطة النهاية',
  'fact.server': 'الخادم',
  'mail.to_do': 'ما العمل',
  'mail.why_contact': 'تصلكم هذه الرسالة بصفتكم جهة اتصال لـ {organization} لدى {host}. يمكن لمن يتولى تسجيل الدخول هناك تغيير ذلك.',
  'mail.why_operator': 'تصلكم هذه الرسالة لأنكم تشغّلون {host}.',
  'mail.no_answer': 'أُرسلت هذه الرسالة تلقائيًا، ولا تُقرأ الردود.',
};
