using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The tables of Programs: programs and the versions of their rules.</summary>
static class ProgramsTables
{
    const string Schema = "programs";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Program>(program => { program.ToTable("program", Schema); Program.Map(program); });
        model.Entity<ProgramVersion>(version => { version.ToTable("program_version", Schema); ProgramVersion.Map(version); });
    }
}
