/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'openssl libcrypto engine_by_id | engine* provider provider* engine_by_id dynamic so_path bind_engine',
    'engine_by_id implement_dynamic_* bind_engine so_path | *',
    'engine | dynamic load* shared-library crypto provider',
  ],
  asked: [
    'skeleton for writing an own openssl engine',
    'how to load a .so as dynamic engine in openssl',
    'openssl engine -t shows unavailable',
    'port my engine to a provider for openssl 3',
    'invalid engine "simple" could not load the shared library',
    'ENGINE_by_id returns null after upgrade',
    'eigene OpenSSL-Engine bauen und laden',
    'IMPLEMENT_DYNAMIC_BIND_FN example',
    'write a minimal openssl engine in c',
    'error:25066067:DSO support routines:dlfcn_load:could not load the shared library',
    'engine deprecated in openssl 3, move to provider',
    'dynamic engine SO_PATH LIST_ADD LOAD',
    'my crypto engine is not listed by openssl engine',
    'undefined symbol bind_engine',
    'build own provider for openssl 3.0',
    'OpenSSL lädt meine Engine nicht',
    'minimal openssl engine example C',
    'openssl 3 provider hello world',
    'I want to write my own dynamic engine .so and see it in openssl engine -t, where is the simplest template',
    'IMPLEMENT_DYNAMIC_BIND_FN how to compile with gcc and where must the library lie so OpenSSL finds it',
    'Should a new crypto module be an ENGINE or OSSL_provider_init with openssl 3.2, and how to load it for a try',
    'my self-made provider compiles, but openssl list -providers does not show it',
    '140183512311488:error:260B606D:engine routines:dynamic_load:init failed:crypto/engine/eng_dyn.c:485:',
    'eigene OpenSSL-Engine schreiben, kleinstes Beispiel, wird nicht geladen',
  ],
  nearMisses: ['openssl command that shows the dates of a certificate', 'openssl speed aes', 'search engine for the intranet'],
};
