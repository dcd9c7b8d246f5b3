/** @type {AppTypes.Config} */
// The viewer of the wards and the reading room
window.config = {
  routerBasename: '/viewer',
  extensions: [],
  modes: [],
  showStudyList: true,
  defaultDataSourceName: 'pacs',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'pacs',
      configuration: {
        friendlyName: 'Clinic PACS',
        name: 'orthanc',
        qidoRoot: 'http://10.20.4.20:8042/dicom-web',
        wadoRoot: 'http://10.20.4.20:8042/dicom-web',
        wadoUriRoot: 'http://10.20.4.20:8042/wado',
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
      },
    },
  ],
  oidc: [
    {
      authority: 'https://login.clinic.example/realms/imaging',
      client_id: 'viewer',
      redirect_uri: '/callback',
      response_type: 'code',
      scope: 'openid',
      useAuthorizationCodeFlow: true,
    },
  ],
};
