using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>The tables of Mentorships: plans that were begun, steps that are done, agreements, mentorships with their changes, what the two write, agree to do and want to reach.</summary>
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
        model.Entity<Mentorship>(mentorship => { mentorship.ToTable("mentorship", Schema); Mentorship.Map(mentorship); });
        model.Entity<MentorshipChange>(change => { change.ToTable("mentorship_change", Schema); MentorshipChange.Map(change); });
        model.Entity<MentorshipReview>(review => { review.ToTable("mentorship_review", Schema); MentorshipReview.Map(review); });
        model.Entity<SwitchRequest>(request => { request.ToTable("switch_request", Schema); SwitchRequest.Map(request); });
        model.Entity<Nudge>(nudge => { nudge.ToTable("nudge", Schema); Nudge.Map(nudge); });
        model.Entity<Message>(message => { message.ToTable("message", Schema); Message.Map(message); });
        model.Entity<ThreadSide>(side => { side.ToTable("thread_side", Schema); ThreadSide.Map(side); });
        model.Entity<MessageReport>(report => { report.ToTable("message_report", Schema); MessageReport.Map(report); });
        model.Entity<ActionItem>(item => { item.ToTable("action_item", Schema); ActionItem.Map(item); });
        model.Entity<MentorshipMilestone>(milestone => { milestone.ToTable("milestone", Schema); MentorshipMilestone.Map(milestone); });
        model.Entity<Agreement>(agreement => { agreement.ToTable("agreement", Schema); Agreement.Map(agreement); });
    }
}
