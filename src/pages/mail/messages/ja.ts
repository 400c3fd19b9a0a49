import type { MailMessages } from './en.ts';

export const ja: MailMessages = {
  'certificate_ending.title': '{connection} の証明書の期限まであと {days, plural, other {# 日}}です',
  'certificate_ending.lead':
    '{organization} がサインインの署名に使っている証明書は {date} に期限が切れます。何もしないと、それ以降 {organization} の誰もサインインできなくなります。',
  'certificate_ending.do': 'ID プロバイダーで新しい証明書を作成し、切り替える前に、古い証明書と並べて当方に登録してください。',
  'certificate_ending.metadata':
    '当方がメタデータをその URL から読んでいる場合は、そこに新しい証明書を公開してください。自動的に取り込まれます。',
  'certificate_ending.next':
    '{date} まで有効な別の証明書が登録されています。それまでに ID プロバイダーがその証明書で署名すれば、することはありません。',
  'certificate_ended.title': '{connection} の証明書の期限が切れました',
  'certificate_ended.lead':
    '{organization} がサインインの署名に使っていた証明書は {date} に期限が切れました。この証明書で署名されたサインインは拒否されます。',
  'own_key_published.title': '{connection} 用の当方の鍵がまもなく更新されます',
  'own_key_published.lead':
    '{organization} への要求に当方が署名する鍵を更新します。次の証明書はすでに当方のメタデータにあり、{date} から使用します。',
  'own_key_ending.title': '{connection} 用の当方の証明書の期限まであと {days, plural, other {# 日}}です',
  'own_key_ending.lead': '{organization} 向けの当方の証明書は {date} に期限が切れます。',
  'own_key.do': 'ID プロバイダーが当方のメタデータを自動的に読む場合、することはありません。',
  'own_key.by_hand': 'そうでない場合は、その日までに当方のメタデータを読み込み直すか、新しい証明書を古いものと並べて登録してください。',
  'scim_silent.title': '{organization} から {days, plural, other {# 日間}}、利用者の変更が届いていません',
  'scim_silent.lead':
    '{organization} の利用者をプロビジョニングするディレクトリは、これまで変更を送っていました。最後の要求は {date} です。その間に退職した人は無効になりません。',
  'scim_silent.do': 'ディレクトリ側でプロビジョニングが一時停止されていないか、失敗の後に止まっていないかを確認し、再開してください。',
  'scim_silent.unwanted': '意図して終了した場合は、そのトークンを削除してください。',
  'sync_stopped.title': '{organization} のディレクトリの読み取りが停止されました',
  'sync_stopped.lead':
    '{connection} のディレクトリで非常に多くの人が見つからないため、誰も無効にしませんでした。ディレクトリまたはフィルターの誤りと思われます。',
  'sync_stopped.do': 'ディレクトリ、ベース、フィルターが想定どおりかを確認してから、もう一度読み取らせてください。',
  'setup_finished.title': '{organization} が設定を完了しました',
  'setup_finished.lead': '{organization} の担当者が設定リンクを最後まで進めました。',
  'setup_finished.do': '接続を確認し、有効化が任されている場合は有効にしてください。',
  'event_hook_disabled.title': 'イベントフックが無効になりました',
  'event_hook_disabled.lead': '下記のエンドポイントには、もう通知が届きません: {reason}。',
  'event_hook_disabled.do':
    'フックを削除するか、エンドポイントを直してフックを有効に戻してください。届かなかったものは配信一覧から再送できます。',
  'test.title': '{host} からのメールのテスト',
  'test.lead': '{host} からの通知はこのアドレスに届きます。',
  'fact.organization': '組織',
  'fact.connection': '接続',
  'fact.certificate': '証明書',
  'fact.sha256': 'SHA-256',
  'fact.ends': '有効期限',
  'fact.metadata': '当方のメタデータ',
  'fact.token': 'トークン',
  'fact.last_request': '最後の要求',
  'fact.endpoint': 'エンドポイント',
  'fact.server': 'サーバー',
  'mail.to_do': '対応方法',
  'mail.why_contact': 'このメールは、{host} における {organization} の連絡先としてお送りしています。サインインの担当者が変更できます。',
  'mail.why_operator': 'このメールは、{host} の運用者としてお送りしています。',
  'mail.no_answer': 'このメールは自動送信です。返信は読まれません。',
};
