using System.Globalization;

namespace Guildhall.Platform.Database;

/// <summary>The files that configure a private PostgreSQL, written anew at every start. ALTER SYSTEM still wins: PostgreSQL reads its file last.</summary>
static class PostgresSettings
{
    public const string Role = "guildhall";
    public const string Superuser = "postgres";
    public const string Database = "guildhall";

    public static IEnumerable<(string File, string Text)> Files(DataFolder folder)
    {
        yield return ("postgresql.conf", Settings(folder));
        // The kernel vouches for the account at the other end of the socket, so there is no password to keep.
        yield return ("pg_hba.conf", "local all all peer map=guildhall\n");
        yield return ("pg_ident.conf", $"guildhall \"{Environment.UserName}\" {Role}\nguildhall \"{Environment.UserName}\" {Superuser}\n");
    }

    static string Settings(DataFolder folder) => $"""
        listen_addresses = ''
        unix_socket_directories = '{folder.Private.Replace("'", "''", StringComparison.Ordinal)}'
        unix_socket_permissions = 0700
        max_connections = 200

        # An eighth of the memory, because the application and the file cache share the machine.
        shared_buffers = {SharedBuffersMegabytes().ToString(CultureInfo.InvariantCulture)}MB
        work_mem = 16MB
        maintenance_work_mem = 256MB
        random_page_cost = 1.1
        # Compiling takes longer than any query of a page.
        jit = off

        # A load of 2.9M seller-days overran the default of 1GB: a checkpoint in the middle, and 14,700 pages logged whole. With this: none, and 32.
        max_wal_size = 4GB
        checkpoint_timeout = 15min

        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        default_text_search_config = 'pg_catalog.simple'

        # A file a weekday, each replaced after a week.
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        """;

    static long SharedBuffersMegabytes() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / (1 << 20), 128, 2048);
}
