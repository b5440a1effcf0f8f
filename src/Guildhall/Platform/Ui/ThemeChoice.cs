using Guildhall.Platform.Access;

namespace Guildhall.Platform.Ui;

/// <summary>The person's choice of colours, kept in a cookie.</summary>
public static class ThemeChoice
{
    const string CookieName = "theme";

    public static Theme Of(HttpRequest request) => Parse(request.Cookies[CookieName]);

    // Public pages are cached for everyone and so can't carry an antiforgery token. All that a form on another site could
    // do here is change this person's colors.
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/theme", Choose).RequireAccess(AccessTable.Visit).DisableAntiforgery().ExcludeFromDescription();

    static IResult Choose(FormFields form, HttpContext http)
    {
        var theme = Parse(form.Text("theme"));
        if (theme is Theme.System)
        {
            http.Response.Cookies.Delete(CookieName);
        }
        else
        {
            http.Response.Cookies.Append(CookieName, Name(theme), new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps });
        }
        return Results.LocalRedirect(LocalPath.Or(form.Text("back"), "/"));
    }

    static Theme Parse(string? name) => name switch { "light" => Theme.Light, "dark" => Theme.Dark, _ => Theme.System };

    internal static string Name(Theme theme) => theme switch { Theme.Light => "light", Theme.Dark => "dark", _ => "system" };
}
