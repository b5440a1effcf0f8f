using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>A mentor's mentees, and each of them. Somebody else's mentee is not found.</summary>
static class MenteeRoutes
{
    public const string Root = "/mentor/mentees";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Root).RequireAccess(AccessTable.TakePart);
        own.MapGet("", async (int? page, string? did, ShopActor mentor, ReadMentee read, Shell shell, CancellationToken stop) =>
            Page.Of<MenteesPage>(new { Shell = await shell.Personal(Area.Mentor, stop), Rows = await read.List(mentor, page ?? 1, stop), Done = MentorshipRoutes.Done(did) }));
        own.MapGet("{id:guid}", async (Guid id, string? did, ShopActor mentor, ReadMentee read, ReadMentorship mentorships, ReadActions actions, ReadMilestone milestones, Shell shell, CancellationToken stop) =>
        {
            var mentorship = await mentorships.Of(id, Side.Mentor, mentor, stop);
            if (await read.One(id, mentor, stop) is { } view)
                return Page.Of<MenteePage>(new { Shell = await shell.Personal(Area.Mentor, stop), View = view, Mentorship = mentorship, Actions = await actions.Of(id, Side.Mentor, mentor, 1, stop), Milestone = await milestones.Of(id, Side.Mentor, mentor, stop), Done = MentorshipRoutes.Done(did) });
            // Nothing that was shared is shown once it is over; that it was, stays.
            return mentorship is not null ? Page.Of<PastMenteePage>(new { Shell = await shell.Personal(Area.Mentor, stop), View = mentorship, Done = MentorshipRoutes.Done(did) }) : await Page.Refused(shell, Refusal.NotFound("mentee"), stop);
        });
    }
}
