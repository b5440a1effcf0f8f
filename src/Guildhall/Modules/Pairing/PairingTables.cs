using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>The tables of Pairing: rules and weights, runs, and the proposals of approved runs.</summary>
static class PairingTables
{
    const string Schema = "pairing";

    public static void Map(ModelBuilder model)
    {
        model.Entity<MatchingRules>(rules => { rules.ToTable("matching_rules", Schema); MatchingRules.Map(rules); });
        model.Entity<CompletedRun>(run => { run.ToTable("match_run", Schema); CompletedRun.Map(run); });
        model.Entity<Proposal>(proposal => { proposal.ToTable("proposal", Schema); Proposal.Map(proposal); });
    }
}
