using System.Security.Claims;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Ui;

/// <summary>A place in the staff rail that a module offers.</summary>
/// <param name="Section">The word it stands under: Run, Measure, Share, Trust, or null for the foot of the rail.</param>
/// <param name="Path">Where it leads; <c>{program}</c> stands for the program's part of the address, and without a program the place is left out.</param>
/// <param name="OpenTo">The policy of its routes: who may not open it doesn't see it.</param>
public sealed record Place(string? Section, int Order, string Label, string Icon, string Path, bool InBottomBar = false, string OpenTo = Policies.Staff);

/// <summary>A program as the switcher shows it.</summary>
public sealed record ProgramLink(string Slug, string Label);

/// <summary>The programs of the switcher, newest first. The module that owns programs registers how to read them.</summary>
public delegate Task<IReadOnlyList<ProgramLink>> ProgramSwitch(CancellationToken stop);

/// <summary>Builds what stands around every page: the marketplace, the program, the places modules offer, and the person.</summary>
public sealed class Shell(GuildhallDb db, IHttpContextAccessor requests, IAuthorizationService authorization, IEnumerable<Place> places, ProgramSwitch programs)
{
    const string LastProgramCookie = "program";

    HttpContext Http => requests.HttpContext ?? throw new InvalidOperationException("A shell stands around the page of a request.");

    /// <summary>The frame of a page anybody may see.</summary>
    public async Task<ShellContext> Public(CancellationToken stop) => new(
        await MarketplaceName(stop), Person: Person(), Theme: ThemeChoice.Of(Http.Request), Path: Http.Request.Path + Http.Request.QueryString);

    /// <summary>The frame of a page that staff and visitors land on alike.</summary>
    public async Task<ShellContext> ForWhoever(CancellationToken stop) => (await authorization.AuthorizeAsync(Http.User, Policies.Staff)).Succeeded ? await Staff(stop) : await Public(stop);

    /// <summary>The frame of a staff page. Pages above programs keep the program that was looked at last.</summary>
    public async Task<ShellContext> Staff(CancellationToken stop)
    {
        var all = await programs(stop);
        var wanted = Http.Request.RouteValues["program"] as string ?? Http.Request.Cookies[LastProgramCookie];
        var current = all.FirstOrDefault(program => program.Slug == wanted) ?? (all is [var newest, ..] ? newest : null);
        if (current is not null && current.Slug == Http.Request.RouteValues["program"] as string)
            Http.Response.Cookies.Append(LastProgramCookie, current.Slug, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });

        var links = new List<(string? Section, RailLink Link)>();
        foreach (var place in places.Where(place => current is not null || !place.Path.Contains("{program}", StringComparison.Ordinal)).OrderBy(place => place.Order))
        {
            if ((await authorization.AuthorizeAsync(Http.User, place.OpenTo)).Succeeded) links.Add((place.Section, LinkTo(place, current)));
        }

        return await Public(stop) with
        {
            Program = current?.Label,
            Programs = [.. all.Select(program => new Link(program.Label, $"/manage/{program.Slug}"))],
            Rail = [.. links.Where(l => l.Section is not null).GroupBy(l => l.Section).Select(section => new RailSection(section.Key, [.. section.Select(l => l.Link)]))],
            RailFoot = [.. links.Where(l => l.Section is null).Select(l => l.Link)],
        };
    }

    RailLink LinkTo(Place place, ProgramLink? program)
    {
        var href = place.Path.Replace("{program}", program?.Slug, StringComparison.Ordinal);
        var path = Http.Request.Path.Value ?? "/";
        var isHere = path == href || (path.StartsWith(href + "/", StringComparison.Ordinal) && !places.Any(other =>
            other != place && path.StartsWith(other.Path.Replace("{program}", program?.Slug, StringComparison.Ordinal), StringComparison.Ordinal) && other.Path.Length > place.Path.Length));
        return new RailLink(place.Label, href, place.Icon, Current: isHere, InBottomBar: place.InBottomBar);
    }

    async Task<string> MarketplaceName(CancellationToken stop) =>
        await db.Set<Marketplace>().Select(marketplace => marketplace.Name).SingleOrDefaultAsync(stop) ?? "Guildhall";

    SignedIn? Person() => Http.User.Identity is { IsAuthenticated: true }
        ? new SignedIn(Http.User.FindFirstValue(ClaimTypes.GivenName) ?? "", RoleName(), "/sign-out")
        : null;

    string RoleName() => Http.User.FindAll(ClaimTypes.Role).Select(role => role.Value).ToHashSet() switch
    {
        var roles when roles.Contains("Manager") && roles.Contains("Administrator") => "Administrator and program manager",
        var roles when roles.Contains("Manager") => "Program manager",
        _ => "Administrator",
    };
}
