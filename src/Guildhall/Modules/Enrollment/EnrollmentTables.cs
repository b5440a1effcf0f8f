using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>The tables of Enrollment: participants and applications.</summary>
static class EnrollmentTables
{
    const string Schema = "enrollment";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Participant>(participant =>
        {
            participant.ToTable("participant", Schema, table => table.HasCheckConstraint("one_profile", "num_nonnulls(as_mentee, as_mentor) = 1"));
            Participant.Map(participant);
        });
        model.Entity<Application>(application => { application.ToTable("application", Schema); Application.Map(application); });
    }
}
