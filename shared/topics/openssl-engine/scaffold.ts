/** The files of an engine and of a provider that do nothing yet. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { type Parameters, pathsOf, titleOf } from './parameters.ts';

const engine = ({ name, ...rest }: Parameters) => `/* An engine that does nothing yet: it has an id and a name, and OpenSSL can load it. */
#include <openssl/engine.h>

static int bind_${name}(ENGINE *e, const char *id)
{
    (void)id;
    return ENGINE_set_id(e, "${name}") && ENGINE_set_name(e, "${titleOf({ name, ...rest })}");
}

/* They define bind_engine and v_check, which OpenSSL looks for. */
IMPLEMENT_DYNAMIC_BIND_FN(bind_${name})
IMPLEMENT_DYNAMIC_CHECK_FN()
`;

const provider = (values: Parameters) => `/* A provider that does nothing yet: it has a name and a status, and OpenSSL can load it. */
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/params.h>

static const OSSL_PARAM *gettable_params(void *provctx)
{
    static const OSSL_PARAM known[] = {
        OSSL_PARAM_DEFN(OSSL_PROV_PARAM_NAME, OSSL_PARAM_UTF8_PTR, NULL, 0),
        OSSL_PARAM_DEFN(OSSL_PROV_PARAM_STATUS, OSSL_PARAM_INTEGER, NULL, 0),
        OSSL_PARAM_END
    };

    (void)provctx;
    return known;
}

static int get_params(void *provctx, OSSL_PARAM params[])
{
    OSSL_PARAM *p;

    (void)provctx;
    p = OSSL_PARAM_locate(params, OSSL_PROV_PARAM_NAME);
    if (p != NULL && !OSSL_PARAM_set_utf8_ptr(p, "${titleOf(values)}"))
        return 0;
    p = OSSL_PARAM_locate(params, OSSL_PROV_PARAM_STATUS);
    return p == NULL || OSSL_PARAM_set_int(p, 1);
}

static const OSSL_DISPATCH functions[] = {
    { OSSL_FUNC_PROVIDER_GETTABLE_PARAMS, (void (*)(void))gettable_params },
    { OSSL_FUNC_PROVIDER_GET_PARAMS, (void (*)(void))get_params },
    { 0, NULL }
};

/* The one function that OpenSSL looks for. */
int OSSL_provider_init(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **provctx)
{
    (void)handle;
    (void)in;
    *out = functions;
    *provctx = NULL;
    return 1;
}
`;

/** For OPENSSL_CONF, never the system's own file. */
const config = (values: Parameters) =>
  values.kind === 'engine'
    ? `# Read only where OPENSSL_CONF names this file.
openssl_conf = openssl_def

[openssl_def]
engines = engine_section

[engine_section]
${values.name} = ${values.name}_section

[${values.name}_section]
engine_id = ${values.name}
dynamic_path = ${pathsOf(values).library}
init = 0
`
    : `# Read only where OPENSSL_CONF names this file.
openssl_conf = openssl_def

[openssl_def]
providers = provider_section

[provider_section]
# Once any provider is named, the default one is no longer active by itself.
default = default_section
${values.name} = ${values.name}_section

[default_section]
activate = 1

[${values.name}_section]
activate = 1
module = ${pathsOf(values).library}
`;

export const sourceText = (values: Parameters) => (values.kind === 'engine' ? engine(values) : provider(values));

/** A new file, or the same again. What somebody else has written there is left alone. */
export function madeHere(old: string, wanted: string, path: string): string | EditRefusal {
  if (old.trim() === '' || old === wanted) return wanted;
  return { rule: 'other-file', means: `${path} is there, with another content.`, next: 'Start a new run with another folder or id. The file was not changed.' };
}
export const sourceEdit = (old: string, values: Parameters) => madeHere(old, sourceText(values), pathsOf(values).source);
export const configEdit = (old: string, values: Parameters) => madeHere(old, config(values), pathsOf(values).config);
