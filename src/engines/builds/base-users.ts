import { parseImageReference } from '../../lib/image-reference.ts';

/** The user that an image starts with, by the image's own configuration. */
interface BaseUser {
  /** As the image's configuration says it; empty is root. */
  readonly user: string;
  /** Variables of its environment that Dockerfiles use. */
  readonly env?: ReadonlyMap<string, string>;
}

/** The day on which this table was written. */
export const BASE_USERS_DATE = '2026-11-21';

/** Docker Official Images whose configuration names no user. */
const ROOT = new Set(
  (
    'almalinux alpine alt amazoncorretto amazonlinux arangodb archlinux bash buildpack-deps busybox caddy cassandra centos clearlinux clojure composer consul couchdb ' +
    'debian drupal eclipse-mosquitto eclipse-temurin elixir erlang fedora gcc golang gradle haskell haxe hello-world httpd hylang ibm-semeru-runtimes ' +
    'joomla julia mageia mariadb maven mediawiki mongo mysql nats nextcloud nginx node openjdk oraclelinux perl photon php phpmyadmin postgres pypy python rabbitmq redis ' +
    'redmine registry rethinkdb rockylinux ruby rust sapmachine swift tomcat tomee traefik ubuntu vault wordpress zookeeper'
  ).split(' '),
);

/** Docker Official Images whose own Dockerfiles end with a user. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['groovy', '1000'],
  ['kibana', '1000'],
  ['logstash', '1000'],
  ['memcached', 'memcache'],
  ['odoo', 'odoo'],
  ['open-liberty', '1001'],
  ['solr', '8983'],
]);

/** What the table says of an image; undefined where it says nothing. */
export function baseUserOf(reference: string): BaseUser | undefined {
  const parsed = parseImageReference(reference);
  if (parsed === undefined) return undefined;
  const { registry, repository, tag } = parsed;
  const name = `${registry}/${repository}`;
  if (registry === 'docker.io' && repository.startsWith('library/')) {
    const official = repository.slice('library/'.length);
    // wordpress:cli is the one image of these that names a user.
    if (official === 'wordpress' && /\bcli\b/.test(tag ?? '')) return { user: 'www-data' };
    if (ROOT.has(official)) return { user: '' };
    const user = NAMED.get(official);
    return user === undefined ? undefined : { user };
  }
  if (name.startsWith('gcr.io/distroless/')) return distroless(tag, parsed.digest);
  if (/^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps)$/.test(name)) return dotnet(tag);
  if (
    /^registry\.access\.redhat\.com\/(?:ubi\d+\/ubi(?:-minimal|-init|-micro)?|ubi\d+(?:-minimal|-init|-micro)?)$/.test(
      name,
    )
  )
    return { user: '' };
  if (name === 'docker.io/nginxinc/nginx-unprivileged') return { user: '101' };
  return undefined;
}

/** Tags of distroless: `nonroot` and `debug-nonroot` run as 65532, also with an architecture behind them; a digest alone does not say which it is. */
function distroless(tag: string | undefined, digest: string | undefined): BaseUser | undefined {
  if (tag === undefined && digest !== undefined) return undefined;
  return { user: /(?:^|-)nonroot(?:-|$)/.test(tag ?? '') ? '65532' : '' };
}

/** Images of .NET 8 and later set APP_UID to 1654; chiseled and distroless ones use it. */
function dotnet(tag: string | undefined): BaseUser | undefined {
  const major = Number(/^(\d+)\./.exec(tag ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(major)) return undefined;
  if (/chiseled|distroless/.test(tag ?? ''))
    return { user: major >= 8 ? '1654' : 'app', env: new Map([['APP_UID', '1654']]) };
  return { user: '', ...(major >= 8 ? { env: new Map([['APP_UID', '1654']]) } : {}) };
}
