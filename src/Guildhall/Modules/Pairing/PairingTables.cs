using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>The tables of Pairing: rules and weights, runs, the proposals of approved runs, and what is learned from them.</summary>
static class PairingTables
{
    const string Schema = "pairing";

    public static void Map(ModelBuilder model)
    {
        model.Entity<MatchingRules>(rules => { rules.ToTable("matching_rules", Schema); MatchingRules.Map(rules); });
        model.Entity<CompletedRun>(run => { run.ToTable("match_run", Schema); CompletedRun.Map(run); });
        model.Entity<Proposal>(proposal => { proposal.ToTable("proposal", Schema); Proposal.Map(proposal); });
        model.Entity<PairChoice>(choice => { choice.ToTable("pair_choice", Schema); PairChoice.Map(choice); });
        model.Entity<LearningRequest>(request => { request.ToTable("learning_request", Schema); LearningRequest.Map(request); });
        model.Entity<LearningReading>(reading => { reading.ToTable("learning_reading", Schema); LearningReading.Map(reading); });
        model.Entity<WeightApproval>(approval => { approval.ToTable("weight_approval", Schema); WeightApproval.Map(approval); });
    }
}
