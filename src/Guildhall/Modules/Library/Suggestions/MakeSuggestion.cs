using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>Keeps what a mentor suggests, for an editor to decide.</summary>
sealed class MakeSuggestion(GuildhallDb db, TimeProvider clock)
{
    /// <summary>More undecided ones of one person wait for an editor, not for more.</summary>
    public const int MostWaiting = 20;

    public async Task<Result<Suggestion>> Change(string slug, FormFields form, Actor actor, CancellationToken stop)
    {
        var today = clock.Today();
        var found = await (
            from article in db.Set<Article>().Offered(today).ReadBy(ReaderSide.Mentor)
            where article.Slug == slug && !article.IsPlan
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
            select new { article, version }).AsNoTracking().SingleOrDefaultAsync(stop);
        if (found is null) return Refusal.NotFound("article");
        if (form.Text("seen") != found.version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return Refusal.Conflict("changed_meanwhile", "The text was changed while you wrote. What you typed stands below and was not sent. Look at the text as it is now, then send yours again.");
        return await Keep(Suggestion.Of(found.article, found.version, EditArticles.ReadText(form), form.Text("Note"), actor.AccountId, clock.GetUtcNow()), actor, stop);
    }

    public Task<Result<Suggestion>> New(FormFields form, Actor actor, CancellationToken stop) =>
        Keep(Suggestion.OfNew(EditArticles.ReadDetails(form), EditArticles.ReadText(form), form.Text("Note"), actor.AccountId, clock.Today(), clock.GetUtcNow()), actor, stop);

    async Task<Result<Suggestion>> Keep(Result<Suggestion> made, Actor actor, CancellationToken stop)
    {
        if (!made.Succeeded(out var suggestion, out var refusal)) return refusal;
        if (await db.Set<Suggestion>().CountAsync(known => known.MadeBy == actor.AccountId && known.State == SuggestionState.Waiting, stop) >= MostWaiting)
            return Refusal.Conflict("many_waiting", $"{MostWaiting} of your suggestions wait for an editor. What you typed stands below and was not sent. Keep a copy, and send it when some are decided.");
        db.Add(suggestion);
        await db.SaveChangesAsync(stop);
        return suggestion;
    }
}
