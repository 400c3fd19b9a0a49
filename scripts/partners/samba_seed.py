"""samba_seed.py SMB_CONF PASSWORD: people and groups for a domain that was just provisioned, straight into its database."""
import sys
import ldb
from samba import dsdb, param
from samba.auth import system_session
from samba.samdb import SamDB

configuration = param.LoadParm()
configuration.load(sys.argv[1])
password = sys.argv[2]
sam = SamDB(url=configuration.samdb_url(), session_info=system_session(), lp=configuration)
base = sam.domain_dn()


def find(account):
    return str(sam.search(base, expression="(sAMAccountName=%s)" % ldb.binary_encode(account), attrs=["1.1"])[0].dn)


def replace(dn, controls=None, **values):
    message = ldb.Message(ldb.Dn(sam, dn))
    for name, value in values.items():
        message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
    sam.modify(message, controls=controls or [])


def person(account, common_name=None, ou="Staff", secret=password, **more):
    sam.add({
        "dn": "CN=%s,OU=%s,%s" % (common_name or account, ou, base),
        "objectClass": "user",
        "sAMAccountName": account,
        "userPrincipalName": account + "@corp.example",
        "mail": account + "@corp.example",
        "displayName": (common_name or account).replace("\\", ""),
        "userAccountControl": "512",
        "unicodePwd": ('"%s"' % secret).encode("utf-16-le"),
        **more,
    })


def group(name, *members):
    entry = {"dn": "CN=%s,OU=Groups,%s" % (name, base), "objectClass": "group", "sAMAccountName": name}
    if members:
        entry["member"] = [find(member) for member in members]
    sam.add(entry)


# locked after five failures, for half an hour; passwords live a year
replace(base, lockoutThreshold="5", lockoutDuration=str(-30 * 60 * 10**7), lockOutObservationWindow=str(-30 * 60 * 10**7),
        minPwdAge="0", maxPwdAge=str(-365 * 86400 * 10**7))
sam.transaction_start()
for ou in ("Staff", "Groups", "Services"):
    sam.add({"dn": "OU=%s,%s" % (ou, base), "objectClass": "organizationalUnit"})
person("svc-gateway", ou="Services", secret="gateway-Passw0rd")
person("alice", "Alice Archer", givenName="Alice", sn="Archer")
person("carol", "Carol Chen")
person("quentin", "Quentin Quinn")
person("we(ird)\u0161", "Weird\\, One")
person("antonin", "Anton\u00edn Dvo\u0159\u00e1k", secret="P\u0159e*\u0161n\u00e9 1\U0001f511", mail="dvo\u0159\u00e1k@corp.example")
person("twin1", mail="twin@corp.example")
person("twin2", mail="twin@corp.example")
person("disabled", userAccountControl="514")
person("acctexpired", accountExpires="132000000000000000")
person("mustchange", pwdLastSet="0")
person("pwexpired")
person("hours", logonHours=bytes(21))
person("lockme")
group("Backend", "alice")
group("Engineering", "Backend", "carol")
group("All Staff", "Engineering")
group("Cycle A", "Engineering")
group("Cycle B", "Cycle A")
sam.add_remove_group_members("Cycle A", ["Cycle B"])
group("Finance", "quentin")
group("Money")
sam.add_remove_group_members("Money", ["Finance"])
# a primary group is named by no `member` and no `memberOf`
sid = sam.schema_format_value("objectSID", sam.search(find("Finance"), scope=ldb.SCOPE_BASE, attrs=["objectSid"])[0]["objectSid"][0]).decode()
replace(find("quentin"), primaryGroupID=sid.rsplit("-", 1)[1])
sam.transaction_commit()
# the rules let it be set to "now" or "never" only: past them, to long ago
replace(find("pwexpired"), controls=["local_oid:%s:0" % dsdb.DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID], pwdLastSet="132000000000000000")
