using System.Reflection;
using Certhelper.Tests.Browser;
using Xunit.v3;

[assembly: ClosesPages]

namespace Certhelper.Tests.Browser;

/// <summary>Closes what a test opened in the browser when the test has ended: pages that stay go on asking and drawing.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesPagesAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => BrowserFixture.Close(test.UniqueID);
}
