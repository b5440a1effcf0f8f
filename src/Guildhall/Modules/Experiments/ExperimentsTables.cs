using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>The tables of Experiments: draws, and the lots of everybody who took part.</summary>
static class ExperimentsTables
{
    const string Schema = "experiments";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Draw>(draw => { draw.ToTable("draw", Schema, table => table.HasCheckConstraint("waits_for_a_while", "waits_until > drawn_on")); Draw.Map(draw); });
        model.Entity<Lot>(lot => { lot.ToTable("lot", Schema); Lot.Map(lot); });
    }
}
