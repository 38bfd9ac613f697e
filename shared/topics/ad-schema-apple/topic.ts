/** Apple’s classes in the schema of an Active Directory: the file is repaired before it is imported, as nothing in a schema can be taken back. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ad-schema-apple',
  version: 1,
  title: 'Apple classes in an Active Directory schema',
  summary:
    'Not needed for Macs of today, only for Mac OS X up to 10.8. Repairs the LDIF file with Apple’s schema before it is imported, tries it on a copy, and helps where a class is in the schema already with category 0.',
  category: 'Windows & directory',
  platforms: ['Samba AD', 'Windows Server', 'Mac OS X 10.5–10.8'],
  risk: { level: 'irreversible', text: 'A change of the schema is for the whole forest and can never be deleted. Everything before the import can be undone.' },
  minutes: 16,
  fixes: [
    'Computer lists that cannot be created in Workgroup Manager: "no permission", LDAP error 19, while managed preferences of users and groups work.',
    'A file of ADSchemaAnalyzer that is to be imported: classes with objectClassCategory 0, wrong order, duplicates, wrong syntaxes, dc=X.',
  ],
  needs: [
    'The LDIF file, on the target.',
    'For Samba: root on the domain controller that is schema master, ldb-tools and tdb-tools.',
    'For Windows: an account in Schema Admins, a system-state backup and a test forest. To read the schema back, ldb-tools on the target.',
  ],
  cannotUndo: [
    'The import: classes and attributes stay in the schema forever. Category, OID, syntax and single or multi value can’t be corrected later on Windows. To go back means to restore every domain controller of the forest.',
    'On Windows, a class of category 0 stays: it is renamed, made defunct, and a new one takes its place.',
    'The backup of the domain stays where it was written.',
  ],
  corrections: [
    'Not needed for Macs of today: managed preferences (MCX) ended between Mac OS X 10.9 and 10.12, and Workgroup Manager with them. Use configuration profiles of an MDM.',
    'The source turns every category 0 into 1. Classes that only extend users, groups or computers have to be 3. Here you name both kinds, and a class that you do not name stops the run. Which of Apple’s classes are auxiliary differs between its papers, so it is not guessed.',
    'The source gives no details of its recovery ("wild hacking in ADSI Edit"). The steps here are what Microsoft documents: rename, make defunct, add again. How the Macs were made to use the new class is not known.',
    'The placeholder dc=X is replaced in the file. The option -c of ldifde is then not needed.',
    'Samba takes category 0 without a word, creates objects of such a class, and lets the category be changed (seen with 4.17). So on Samba the class can be corrected in place, and an import there does not prove what Windows would say: the check of the file does.',
    'Samba does not give the OID of a defunct class to another one. Windows does, from the forest level 2003 on.',
    'ldbmodify ignores a record with ldifde’s word ntdsSchemaAdd, and still says "Modified 1 records successfully". The file is written with the words of the tool that imports it.',
    'In one run Samba does not know the attributes that the run itself has added. The file is imported in stages, one after each schemaUpdateNow.',
    'Uncertain: why a class with category 0 gives exactly LDAP error 19. Uncertain: ldifde’s exit status after an error, so its text is to be read. Nothing here was tried on Windows, and reading with a Kerberos ticket was not tried.',
    'Left out: AD LDS (Workgroup Manager could not log in there), two directories with Open Directory, and paid products.',
  ],
  sources: [
    'Notes on Apple’s schema in Active Directory of Windows Server 2008 R2',
    'Apple: Modifying the Active Directory Schema to Support Mac Systems (2009)',
    'Microsoft: [MS-ADTS], on objectClassCategory, syntaxes and defunct classes; ldifde',
    'ldbmodify(1), samba-tool(8)',
  ],
  search,
  symptoms: [
    {
      pattern: /CN=Mac OS X,(?<base>DC=\S{1,99}) with FAILED/i,
      text: 'Active Directory: Add record CN=Untitled_1,CN=Mac OS X,DC=example,DC=com with FAILED – LDAP Error 19',
    },
    { pattern: /apple-computer-list/i, text: 'apple-computer-list' },
    { pattern: /objectClassCategory:? *0/i, text: 'objectClassCategory: 0' },
    {
      pattern: /Add error on entry starting on line \d/i,
      text: 'Add error on entry starting on line 31: Constraint Violation',
    },
    {
      pattern: oneOf(inOrder(/computer list/i, /permission/i), inOrder(/permission/i, /computer list/i)),
      text: 'Computer lists cannot be created: you do not have permission',
    },
    { pattern: /Bad ldif changetype 'ntdsSchema/i, text: "Error: Bad ldif changetype 'ntdsSchemaAdd'" },
    { pattern: inOrder(/samldb: /i, /already in use/i), text: "samldb: governsID '1.3.6.1.4.1.63.1000.1.1.2.11' already in use!" },
  ],
  alsoCalled: [
    'extend the Active Directory schema for Mac clients, Workgroup Manager, MCX managed preferences',
    'ldifde import of apple.ldf fails, ADSchemaAnalyzer, ntdsSchemaAdd, schemaUpdateNow',
    'wrong objectClassCategory cannot be changed, defunct class, schema extension irreversible',
    'Active-Directory-Schema für Mac OS X erweitern, Computerlisten lassen sich nicht anlegen',
    'étendre le schéma Active Directory pour les Mac, liste d’ordinateurs refusée',
    'ampliar el esquema de Active Directory para Mac, no se puede crear la lista de equipos',
  ],
  parameters,
  labDefaults: { base: 'DC=example,DC=com', auxiliary: 'apple-user', server: 'ldap://dc1.example.com' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});
