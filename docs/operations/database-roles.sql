-- Two roles and their database, once, as the administrator of a PostgreSQL 15 or later. Passwords come from the environment:
--   KENEYA_OWNER_PASSWORD=… KENEYA_DATABASE_PASSWORD=… psql -U postgres -f docs/operations/database-roles.sql
-- keneya_owner owns the tables and migrates them at the start of the server; keneya reads and writes rows, nothing else.
\set ON_ERROR_STOP on
\getenv owner_password KENEYA_OWNER_PASSWORD
\getenv password KENEYA_DATABASE_PASSWORD

CREATE ROLE keneya_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE keneya LOGIN PASSWORD :'password';
-- Members of these read the views, pseudonymised or with names (docs/operations/views.md); nobody logs in as one of them.
CREATE ROLE keneya_analyst NOLOGIN;
CREATE ROLE keneya_identified NOLOGIN;
CREATE DATABASE keneya OWNER keneya_owner;
REVOKE ALL ON DATABASE keneya FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE keneya TO keneya;
GRANT CONNECT ON DATABASE keneya TO keneya_analyst, keneya_identified;

\connect keneya
-- Without naming a schema, because schema keneya appears with the first migration.
ALTER DEFAULT PRIVILEGES FOR ROLE keneya_owner GRANT USAGE ON SCHEMAS TO keneya;
ALTER DEFAULT PRIVILEGES FOR ROLE keneya_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO keneya;
ALTER DEFAULT PRIVILEGES FOR ROLE keneya_owner GRANT USAGE, SELECT ON SEQUENCES TO keneya;
-- The schema public existed before.
GRANT USAGE ON SCHEMA public TO keneya;
