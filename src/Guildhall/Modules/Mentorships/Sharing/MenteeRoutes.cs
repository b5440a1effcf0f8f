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
        own.MapGet("", async (int? page, ShopActor mentor, ReadMentee read, Shell shell, CancellationToken stop) =>
            Page.Of<MenteesPage>(new { Shell = await shell.Personal(Area.Mentor, stop), Rows = await read.List(mentor, page ?? 1, stop) }));
        own.MapGet("{id:guid}", async (Guid id, ShopActor mentor, ReadMentee read, Shell shell, CancellationToken stop) => await read.One(id, mentor, stop) is { } view
            ? Page.Of<MenteePage>(new { Shell = await shell.Personal(Area.Mentor, stop), View = view })
            : await Page.Refused(shell, Refusal.NotFound("mentee"), stop));
    }
}
