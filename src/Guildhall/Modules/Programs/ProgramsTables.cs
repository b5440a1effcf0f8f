using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The tables of Programs: programs, the versions of their rules, and the charter.</summary>
static class ProgramsTables
{
    const string Schema = "programs";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Program>(program => { program.ToTable("program", Schema, table => table.HasCheckConstraint("stored_state", "state in ('Draft', 'Open', 'Closed')")); Program.Map(program); });
        model.Entity<ProgramVersion>(version => { version.ToTable("program_version", Schema); ProgramVersion.Map(version); });
        model.Entity<CharterVersion>(version => { version.ToTable("charter_version", Schema); CharterVersion.Map(version); });
    }
}
