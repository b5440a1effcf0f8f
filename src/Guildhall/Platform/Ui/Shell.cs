using System.Security.Claims;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Ui;

/// <summary>A part of the product with a rail of its own. The addresses of its pages begin with it.</summary>
public enum Area { Manage, Me, Mentor, Sponsor }

/// <summary>A place in a rail that a module offers.</summary>
/// <param name="Section">The word it stands under: Run, Measure, Share, Trust, or null for the foot of the rail; personal rails have one section without a word.</param>
/// <param name="Path">Where it leads; <c>{program}</c> stands for the program's part of the address, and without a program the place is left out.</param>
/// <param name="OpenTo">The rule of its routes: who may not open it doesn't see it. Nothing said is what managers of a program may do.</param>
public sealed record Place(string? Section, int Order, string Label, string Icon, string Path, bool InBottomBar = false, AccessRule? OpenTo = null, Area Area = Area.Manage);

/// <summary>A module that knows how much of a place in a rail waits for the person at the screen.</summary>
public interface ICountForRail
{
    /// <param name="program">The program's part of the address; null above programs.</param>
    /// <returns>What needs them, never a total; 0 for a place of another module.</returns>
    Task<int> Of(Place place, ClaimsPrincipal person, string? program, CancellationToken stop);
}

/// <summary>A program as the switcher shows it.</summary>
public sealed record ProgramLink(string Slug, string Label);

/// <summary>The programs of the switcher, newest first. The module that owns programs registers how to read them.</summary>
public delegate Task<IReadOnlyList<ProgramLink>> ProgramSwitch(CancellationToken stop);

/// <summary>Builds what stands around every page: the marketplace, the program, the places modules offer, and the person.</summary>
public sealed class Shell(GuildhallDb db, IHttpContextAccessor requests, IAuthorizationService authorization, IEnumerable<Place> places, IEnumerable<ICountForRail> counts, ProgramSwitch programs, TimeProvider clock)
{
    const string LastProgramCookie = "program";

    HttpContext Http => requests.HttpContext ?? throw new InvalidOperationException("A shell stands around the page of a request.");

    /// <summary>Where somebody lands who was going nowhere else.</summary>
    public string Home(ClaimsPrincipal person) => HomesOf(person) is [var first, ..] ? first.Href : "/";

    /// <summary>The frame of a page anybody may see.</summary>
    public async Task<ShellContext> Public(CancellationToken stop) => Frame(await db.Set<Marketplace>().Select(marketplace => marketplace.Name).SingleOrDefaultAsync(stop));

    /// <summary>The frame of a page that everybody lands on alike, such as one that isn't there.</summary>
    public async Task<ShellContext> ForWhoever(CancellationToken stop) =>
        await authorization.MayAsync(Http.User, AccessTable.Workspace) ? await Staff(stop)
        : await authorization.MayAsync(Http.User, AccessTable.ReadSummary) ? await Personal(Area.Sponsor, stop)
        : await authorization.MayAsync(Http.User, AccessTable.TakePart) ? await Personal(OwnArea(), stop)
        : await Public(stop);

    /// <summary>The frame of a page of mentees, mentors or sponsors: their own places, and the marketplace's name in front.</summary>
    public async Task<ShellContext> Personal(Area area, CancellationToken stop) => (await WithBell(stop) with { Area = area }) with
    {
        Rail = [new RailSection(null, await Links(area, null, isFoot: false, stop))],
        RailFoot = await Links(area, null, isFoot: true, stop),
    };

    /// <summary>The frame of a staff page. Pages above programs keep the program that was looked at last.</summary>
    public async Task<ShellContext> Staff(CancellationToken stop)
    {
        var within = Http.User.WithinReach();
        List<ProgramLink> all = [.. (await programs(stop)).Where(program => within?.Contains(program.Slug) != false)];
        var wanted = Http.Request.RouteValues["program"] as string ?? Http.Request.Cookies[LastProgramCookie];
        var current = all.FirstOrDefault(program => program.Slug == wanted) ?? (all is [var newest, ..] ? newest : null);
        if (current is not null && current.Slug == Http.Request.RouteValues["program"] as string)
            Http.Response.Cookies.Append(LastProgramCookie, current.Slug, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });

        var sections = places.Where(place => place.Area == Area.Manage && place.Section is not null).OrderBy(place => place.Order).Select(place => place.Section).Distinct();
        List<RailSection> rail = [];
        foreach (var section in sections)
            if (await Links(Area.Manage, current, isFoot: false, stop, section) is [_, ..] links) rail.Add(new RailSection(section, links));
        return await WithBell(stop) with
        {
            Program = current?.Label,
            Programs = [.. all.Select(program => new Link(program.Label, $"/manage/{program.Slug}"))],
            Rail = rail,
            RailFoot = await Links(Area.Manage, current, isFoot: true, stop),
        };
    }

    async Task<IReadOnlyList<RailLink>> Links(Area area, ProgramLink? current, bool isFoot, CancellationToken stop, string? section = null)
    {
        List<RailLink> links = [];
        foreach (var place in places.Where(place => place.Area == area && (place.Section is null) == isFoot && (section is null || place.Section == section)).OrderBy(place => place.Order))
        {
            if (current is null && place.Path.Contains("{program}", StringComparison.Ordinal)) continue;
            if (!await authorization.MayAsync(Http.User, place.OpenTo ?? AccessTable.RunProgram)) continue;
            var waits = 0;
            foreach (var count in counts) waits += await count.Of(place, Http.User, current?.Slug, stop);
            links.Add(LinkTo(place, current) with { Waits = waits });
        }

        return links;
    }

    RailLink LinkTo(Place place, ProgramLink? program)
    {
        var href = place.Path.Replace("{program}", program?.Slug, StringComparison.Ordinal);
        var path = Http.Request.Path.Value ?? "/";
        var isHere = path == href || (path.StartsWith(href + "/", StringComparison.Ordinal) && !places.Any(other =>
            other != place && path.StartsWith(other.Path.Replace("{program}", program?.Slug, StringComparison.Ordinal), StringComparison.Ordinal) && other.Path.Length > place.Path.Length));
        return new RailLink(place.Label, href, place.Icon, Current: isHere, InBottomBar: place.InBottomBar);
    }

    ShellContext Frame(string? marketplace) => new(marketplace ?? "Guildhall", Person: Person(), Theme: ThemeChoice.Of(Http.Request), Path: Http.Request.Path + Http.Request.QueryString) { Homes = HomesOf(Http.User) };

    /// <summary>The same with the number of unread notices, which one query brings along.</summary>
    async Task<ShellContext> WithBell(CancellationToken stop)
    {
        var (key, now) = (Http.User.ReaderKey(), clock.GetUtcNow());
        var found = await db.Database.SqlQuery<NameAndUnread>($"""
            SELECT (SELECT name FROM platform.marketplace) AS "Name",
                (SELECT count(*)::int FROM (SELECT FROM platform.notice WHERE address_key = {key} AND read_at IS NULL AND at <= {now} LIMIT {ShellContext.MostUnread}) unread) AS "Unread"
            """).ToListAsync(stop);
        return Frame(found[0].Name) with { Unread = found[0].Unread };
    }

    sealed record NameAndUnread(string? Name, int Unread);

    SignedIn? Person() => Http.User.Identity is { IsAuthenticated: true }
        ? new SignedIn(Http.User.FindFirstValue(ClaimTypes.GivenName) ?? "", RoleNames.Of(Http.User.Roles()), "/sign-out")
        : null;

    /// <summary>The side that a seller's page is on; of a page of neither, the side they are on.</summary>
    Area OwnArea() => Http.Request.Path.StartsWithSegments("/mentor", StringComparison.Ordinal) ? Area.Mentor
        : Http.Request.Path.StartsWithSegments("/me", StringComparison.Ordinal) || !Http.User.OnlyMentorsHere() ? Area.Me : Area.Mentor;

    // The same person may run programs and have a shop: the account menu leads from one to the other.
    static List<Link> HomesOf(ClaimsPrincipal person)
    {
        List<Role> roles = [.. person.Roles()];
        List<Link> homes = [];
        if (roles.Exists(role => AccessTable.Workspace.ReachOf(role) is not null)) homes.Add(new Link("Programs", "/manage"));
        if (roles.Contains(Role.Sponsor)) homes.Add(new Link("Summary for sponsors", "/sponsor"));
        if (roles.Contains(Role.Seller))
        {
            Link[] sides = [new("Your shop, as mentee", "/me"), new("Your shop, as mentor", "/mentor")];
            homes.AddRange(person.OnlyMentorsHere() ? sides.Reverse() : sides);
        }

        return homes;
    }
}
