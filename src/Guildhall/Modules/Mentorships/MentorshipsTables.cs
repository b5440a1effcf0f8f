using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>The tables of Mentorships: plans that were begun, steps that are done, and agreements.</summary>
static class MentorshipsTables
{
    const string Schema = "mentorships";

    public static void Map(ModelBuilder model)
    {
        model.Entity<PlanStart>(start => { start.ToTable("plan_start", Schema); PlanStart.Map(start); });
        model.Entity<StepMark>(mark =>
        {
            mark.ToTable("step_mark", Schema, table => table.HasCheckConstraint("somebody_says_so", "num_nonnulls(done_by, figures_on) >= 1"));
            StepMark.Map(mark);
        });
        model.Entity<Agreement>(agreement => { agreement.ToTable("agreement", Schema); Agreement.Map(agreement); });
    }
}
