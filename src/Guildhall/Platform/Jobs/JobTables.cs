using System.Text;

namespace Guildhall.Platform.Jobs;

/// <summary>The tables that Quartz keeps the schedule in. A migration of ours makes them, so that a node at work needs no right to make tables; Quartz checks them when it starts.</summary>
static class JobTables
{
    public const string Schema = "quartz";

    /// <summary>As version 4.7.3 of Quartz makes them (its create_postgres.sql). A later version that needs another column gets it from a migration too.</summary>
    public static string Sql
    {
        get
        {
            using var stored = new StreamReader(typeof(JobTables).Assembly.GetManifestResourceStream("jobs/quartz.sql")!, Encoding.UTF8);
            return stored.ReadToEnd();
        }
    }
}
