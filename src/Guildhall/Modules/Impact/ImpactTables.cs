using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>The tables of Impact: what was settled to look at, what was asked to be read, what was found, what it cost, what was published.</summary>
static class ImpactTables
{
    const string Schema = "impact";

    public static void Map(ModelBuilder model)
    {
        model.Entity<ReadingPlan>(plan => { plan.ToTable("reading_plan", Schema); ReadingPlan.Map(plan); });
        model.Entity<ReadingRequest>(request => { request.ToTable("reading_request", Schema); ReadingRequest.Map(request); });
        model.Entity<Reading>(reading => { reading.ToTable("reading", Schema); Reading.Map(reading); });
        model.Entity<ProgramCost>(cost => { cost.ToTable("program_cost", Schema); ProgramCost.Map(cost); });
        model.Entity<ResultRelease>(release => { release.ToTable("result_release", Schema); ResultRelease.Map(release); });
        model.Entity<CountedSeller>(counted => { counted.ToTable("counted_seller", Schema); CountedSeller.Map(counted); });
    }
}
