using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Certhelper.Web.Shell;

/// <summary>
/// A page that has no handler for a method would be drawn without having been read from the database: it answers 405.
/// Pages that explain a failure are drawn for every method.
/// </summary>
internal sealed class OnlyDeclaredMethods : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var request = context.HttpContext;
        var isRead = HttpMethods.IsGet(request.Request.Method) || HttpMethods.IsHead(request.Request.Method);
        var explains = request.Features.Get<IStatusCodeReExecuteFeature>() is not null || request.Features.Get<IExceptionHandlerFeature>() is not null;
        if (context.HandlerMethod is null && !isRead && !explains) context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
