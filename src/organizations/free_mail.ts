/** Where anybody may have an address: nobody proves a company by one. Registrable domains, lower case. */
const names = `
126.com 139.com 163.com 188.com 21cn.com abv.bg aim.com aliyun.com aol.com aol.co.uk aol.de aol.fr arcor.de att.net bigpond.com bk.ru bluewin.ch
bol.com.br bluemail.ch bellsouth.net btinternet.com charter.net comcast.net cox.net daum.net earthlink.net email.com email.cz email.de fastmail.com fastmail.fm
foxmail.com free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com hanmail.net hey.com hotmail.be hotmail.ca
hotmail.ch hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com icloud.com inbox.lv
inbox.ru interia.pl juno.com kakao.com laposte.net libero.it list.ru live.at live.be live.ca live.cn live.co.uk live.com live.com.au live.com.mx live.de live.dk live.fr live.ie
live.in live.it live.jp live.nl live.no live.se lycos.com mac.com mail.bg mail.com mail.de mail.ee mail.ru mailbox.org mailfence.com me.com msn.com myyahoo.com
nate.com naver.com netscape.net neuf.fr o2.pl onet.eu onet.pl online.de op.pl optonline.net orange.fr outlook.at outlook.be outlook.cl outlook.co.id outlook.co.th outlook.com
outlook.com.ar outlook.com.au outlook.com.br outlook.com.tr outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu outlook.ie outlook.in outlook.it outlook.jp outlook.kr
outlook.my outlook.ph outlook.pt outlook.sa outlook.sg passport.com pm.me pobox.com posteo.de posteo.net privaterelay.appleid.com proton.me protonmail.ch protonmail.com qq.com rambler.ru
rediffmail.com riseup.net rocketmail.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.cn sina.com skynet.be sohu.com sympatico.ca t-online.de telenet.be
terra.com.br tiscali.it tuta.com tuta.io tutamail.com tutanota.com tutanota.de ukr.net uol.com.br verizon.net vip.qq.com virgilio.it virginmedia.com wanadoo.fr web.de windowslive.com
wp.pl xs4all.nl ya.ru yahoo.ca yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br
yahoo.com.cn yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie
yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.ro yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua yeah.net ymail.com zoho.com zoho.eu zoho.in zohomail.com zohomail.eu
`;

export const is_free_mail = (registrable: string): boolean => ` ${names.replaceAll('\n', ' ')} `.includes(` ${registrable} `);
